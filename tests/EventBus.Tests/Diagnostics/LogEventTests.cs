using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EventBus.Tests.Diagnostics;

public sealed class LogEventTests
{
    private static readonly Dictionary<string, (int First, int Last)> Ranges = new()
    {
        ["BusLog"] = (1, 99),
        ["TransportLog"] = (100, 199),
        ["RoomsLog"] = (200, 299),
        ["ClusterLog"] = (300, 399),
        ["HostingLog"] = (400, 499),
    };

    private static readonly (string Class, string Name, LoggerMessageAttribute Message)[] Messages =
    [
        .. typeof(IEventBus).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.DeclaringType!.Name, method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(entry => entry.Message is not null),
    ];

    [Fact]
    public void Every_message_has_an_id_of_its_own()
    {
        Assert.NotEmpty(Messages);
        Assert.All(Messages.GroupBy(entry => entry.Message.EventId), group => Assert.Single(group));
    }

    [Fact]
    public void Every_id_is_in_its_layers_range() => Assert.All(Messages, entry =>
    {
        var (first, last) = Ranges[entry.Class];
        Assert.InRange(entry.Message.EventId, first, last);
    });

    // Ids and levels are what operators filter by: changing one is a breaking change, so this list changes only on purpose.
    [Theory]
    [InlineData("HandlerThrew", 201, LogLevel.Error)]
    [InlineData("SocketQueueFull", 202, LogLevel.Warning)]
    [InlineData("HandlerStopped", 206, LogLevel.Debug)]
    [InlineData("NodeExpired", 302, LogLevel.Warning)]
    [InlineData("StateChanged", 304, LogLevel.Information)]
    public void Ids_and_levels_are_stable(string name, int id, LogLevel level)
    {
        var message = Messages.Single(entry => entry.Name == name).Message;
        Assert.Equal((id, level), (message.EventId, message.Level));
    }
}
