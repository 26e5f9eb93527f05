using EventBus.Tests.Testing;

namespace EventBus.Tests.Hosting;

/// <summary>The numbers of events, across leaving a namespace and joining it again.</summary>
public sealed class LeftNamespaceTests : IAsyncDisposable
{
    private const string Chat = "/chat";

    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leave_events_missed_meanwhile_are_no_gap_but_later_losses_are(bool attached)
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        var gaps = new Inbox<EventGap>();
        b.Bus.GapDetected += gaps.Add;
        await JoinAsync(a.Bus);
        for (var round = 0; round < 3; round++)
        {
            var inbox = await ConnectAsync(b.Bus);
            await EmitAsync("received");
            Assert.Equal("received", await inbox.NextAsync());
            var leaving = b.Bus.Of(Chat).LeaveAsync().AsTask();
            await EmitAsync("while leaving");
            await _nodes.CompleteAsync(leaving);
            for (var i = 0; i < 10; i++)
                await EmitAsync("missed");
            await _nodes.AdvanceAsync(TimeSpan.FromSeconds(6));
        }

        var last = await ConnectAsync(b.Bus);
        await EmitAsync("received");
        Assert.Equal("received", await last.NextAsync());
        Assert.Equal(0, b.Bus.Statistics.Lost);
        Assert.Equal(0, gaps.Count);

        _nodes.Cluster.Disconnect("b");
        await EmitAsync("lost");
        await EmitAsync("lost");
        _nodes.Cluster.Reconnect("b");
        await EmitAsync("received");
        Assert.Equal("received", await last.NextAsync());
        Assert.Equal(2, (await gaps.NextAsync()).Lost);

        Task EmitAsync(string name) => a.Bus.Of(Chat).All.EmitAsync(name, new EventValue[] { attached ? new byte[] { 1 } : 1 }).AsTask();
    }

    [Fact]
    public async Task Leave_keeps_the_numbers_of_a_node_until_it_joins_again()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        var inbox = await ConnectAsync(a.Bus);
        var chat = b.Bus.Of(Chat);
        await JoinAsync(b.Bus);
        for (var round = 0; round < 3; round++)
        {
            await chat.All.EmitAsync("there");
            await chat.LeaveAsync();
            await chat.All.EmitAsync("away", new EventValue[] { new byte[] { 1 } });
            Assert.True(chat.All.Post("posted"));
            await JoinAsync(b.Bus);
        }

        await chat.All.EmitAsync("end");
        string[] names = ["there", "away", "posted"];
        Assert.Equal((string[])[.. names, .. names, .. names, "end"], await inbox.NextAsync(10));
        Assert.Equal((0, 0), (a.Bus.Statistics.Lost, b.Bus.Statistics.Lost));
        Assert.Equal(10, b.Bus.Statistics.Published);
    }

    [Fact]
    public async Task Leave_of_many_namespaces_in_turn_causes_no_gap()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        b.Bus.OfMatching(static name => name.StartsWith("/room-", StringComparison.Ordinal));
        for (var i = 0; i < 30; i++)
        {
            var name = $"/room-{i % 3}";
            var received = new Inbox<string>();
            var connecting = b.Bus.Of(name).ConnectAsync(new SocketOptions(), socket => socket.On("e", _ =>
            {
                received.Add("e");
                return ValueTask.CompletedTask;
            })).AsTask();
            await _nodes.CompleteAsync(connecting);
            await a.Bus.Of(name).All.EmitAsync("e");
            Assert.Equal("e", await received.NextAsync());
            await (await connecting).DisposeAsync();
        }

        Assert.Equal(0, b.Bus.Statistics.Lost);
    }

    private Task JoinAsync(IEventBus bus) => _nodes.CompleteAsync(bus.Of(Chat).JoinAsync().AsTask());

    private async Task<Inbox<string>> ConnectAsync(IEventBus bus)
    {
        var inbox = new Inbox<string>();
        await _nodes.CompleteAsync(bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            inbox.Add(name);
            return ValueTask.CompletedTask;
        })).AsTask());
        return inbox;
    }
}
