using EventBus.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Hosting;

public sealed class RepeatedHandlerTests
{
    [Theory]
    [InlineData(new[] { "r1", "r2" }, new[] { "r2" }, "the room 'r2'")]
    [InlineData(new string[0], new string[0], "no room")]
    public void A_handler_that_is_added_again_for_a_room_is_an_error(string[] first, string[] second, string text)
    {
        var bus = new ServiceCollection().AddEventBus().UseInMemory().AddHandler<IGameEvents, HostedBus.Silent>(first);
        var error = Assert.Throws<InvalidOperationException>(() => bus.AddHandler<IGameEvents, HostedBus.Silent>(second));
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
        Assert.Contains("Silent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_can_be_added_for_other_rooms_and_contracts_and_buses()
    {
        var services = new ServiceCollection();
        services.AddEventBus().UseInMemory()
            .AddHandler<IGameEvents, Both>("r1")
            .AddHandler<IGameEvents, Both>("r2")
            .AddHandler<ILobbyEvents, Both>("r1")
            .AddHandler<IGameEvents, HostedBus.Silent>("r1");
        services.AddKeyedEventBus("reporting").UseInMemory().AddHandler<IGameEvents, Both>("r1");
    }

    internal sealed class Both : HostedBus.Silent, ILobbyEvents
    {
        public void Opened(Guid door)
        {
        }
    }
}
