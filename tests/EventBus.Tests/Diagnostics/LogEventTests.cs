using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EventBus.Tests.Diagnostics;

public sealed class LogEventTests
{
    private static readonly Dictionary<string, (int First, int Last)[]> Ranges = new()
    {
        ["BusLog"] = [(1, 99), (400, 499)],
        ["TransportLog"] = [(100, 199)],
        ["RoomsLog"] = [(200, 299)],
        ["ClusterLog"] = [(300, 399)],
        ["DurableLog"] = [(500, 599)],
    };

    private static readonly (string Class, string Name, LoggerMessageAttribute Message)[] Messages =
    [
        .. typeof(IEventBus).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method.DeclaringType!.Name, method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()!))
            .Where(entry => entry.Message is not null),
    ];

    [Fact]
    public void LoggerMessage_ids_are_unique()
    {
        Assert.NotEmpty(Messages);
        Assert.All(Messages.GroupBy(entry => entry.Message.EventId), group => Assert.Single(group));
    }

    [Fact]
    public void LoggerMessage_ids_are_in_the_range_of_their_layer() => Assert.All(Messages, entry =>
        Assert.Contains(Ranges[entry.Class], range => range.First <= entry.Message.EventId && entry.Message.EventId <= range.Last));

    // Operators filter by ids and levels, so a change of one is a breaking change.
    [Theory]
    [InlineData("HandlerThrew", 201, LogLevel.Error)]
    [InlineData("SocketQueueFull", 202, LogLevel.Warning)]
    [InlineData("HandlerStopped", 206, LogLevel.Debug)]
    [InlineData("NodeExpired", 302, LogLevel.Warning)]
    [InlineData("StateChanged", 304, LogLevel.Information)]
    public void LoggerMessage_ids_and_levels_are_stable(string name, int id, LogLevel level)
    {
        var message = Messages.Single(entry => entry.Name == name).Message;
        Assert.Equal((id, level), (message.EventId, message.Level));
    }
}
