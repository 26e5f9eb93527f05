namespace EventBus.Tests.Cluster;

public sealed class SocketManagementTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task SocketsJoin_and_SocketsLeave_reach_all_nodes_but_the_excluded()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (here, _) = await a.ConnectAsync(["r1"]);
        var (there, _) = await b.ConnectAsync(["r1"]);
        var (excluded, _) = await b.ConnectAsync(["r1", "no"]);

        await a.Bus.Of().To("r1").Except("no").SocketsJoinAsync(["r2", "r3"]);
        await a.Bus.Of().All.SocketsLeaveAsync(["r3", here.Id, there.Id]);

        Assert.Equal([here.Id, "r1", "r2"], here.Rooms);
        Assert.Equal([there.Id, "r1", "r2"], there.Rooms);
        Assert.Equal([excluded.Id, "r1", "no"], excluded.Rooms);
    }

    [Fact]
    public async Task Emit_after_an_awaited_SocketsJoin_reaches_the_joined_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (_, here) = await a.ConnectAsync();
        var (_, there) = await b.ConnectAsync();
        await a.Bus.Of().All.SocketsJoinAsync(["r1"]);
        await a.Bus.Of().To("r1").EmitAsync("e");
        Assert.Equal("e()", await here.NextAsync());
        Assert.Equal("e()", await there.NextAsync());
    }

    [Fact]
    public async Task DisconnectSockets_lets_the_sockets_drain_and_end()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (here, _) = await a.ConnectAsync(["r1"]);
        var (there, inbox) = await b.ConnectAsync(["r1"]);
        var (other, _) = await b.ConnectAsync();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        there.Disconnected += ended.SetResult;

        await a.Bus.Of().All.EmitAsync("last");
        await a.Bus.Of().To("r1").DisconnectSocketsAsync(close: true);
        await a.Bus.Of().All.EmitAsync("late");

        Assert.Equal("last()", await inbox.NextAsync());
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(0, inbox.Count);
        Assert.False(here.IsConnected);
        Assert.False(there.IsConnected);
        Assert.True(other.IsConnected);
    }

    [Fact]
    public async Task Local_changes_are_not_published()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (here, _) = await a.ConnectAsync();
        var (there, _) = await b.ConnectAsync();
        _cluster.TakeNotifications();

        await a.Bus.Of().All.Local.SocketsJoinAsync(["r1", "r2"]);
        await a.Bus.Of().All.Local.SocketsLeaveAsync(["r2"]);
        Assert.Equal(here.Id, Assert.Single((await a.Bus.Of().To("r1").Local.FetchSocketsAsync()).Sockets).Id);
        Assert.Equal([here.Id, "r1"], here.Rooms);
        Assert.Equal([there.Id], there.Rooms);
        await a.Bus.Of().All.Local.DisconnectSocketsAsync();

        Assert.False(here.IsConnected);
        Assert.True(there.IsConnected);
        Assert.Empty(_cluster.TakeNotifications());
    }

    [Fact]
    public async Task Disconnected_logs_a_throwing_subscriber()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (there, _) = await b.ConnectAsync();
        there.Disconnected += () => throw new InvalidOperationException("of the test");
        await a.Bus.Of().All.DisconnectSocketsAsync();
        await b.Bus.DisposeAsync();
        Assert.Equal(1, b.Logger.Count(305));
    }

    [Fact]
    public async Task SocketsJoin_throws_if_it_is_not_published_and_after_Stop()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.IsDown = true;
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.SocketsJoinAsync(["r1"]));
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.DisconnectSocketsAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().All.SocketsJoinAsync([]));
        _cluster.Hub.IsDown = false;
        await a.Bus.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().All.SocketsLeaveAsync(["r1"]));
    }

    [Fact]
    public async Task Requests_of_Node_peers_are_executed()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (first, _) = await a.ConnectAsync(["r1"]);
        var (second, _) = await a.ConnectAsync();
        _cluster.Hub.Notify(
            """{"type":4,"data":{"opts":{"rooms":["r1"],"except":[],"flags":{}},"rooms":["r2","r3"]},"uid":"node1","nsp":"/"}""");
        _cluster.Hub.Notify("""{"type":5,"data":{"opts":{"rooms":[],"except":[]},"rooms":["r3"]},"uid":"emitter"}""");
        Assert.Equal([first.Id, "r1", "r2"], first.Rooms);
        _cluster.Hub.Notify(
            $$$"""{"type":6,"data":{"opts":{"rooms":[],"except":["{{{first.Id}}}"],"flags":{}},"close":false},"uid":"node1","nsp":"/"}""");
        Assert.True(first.IsConnected);
        Assert.False(second.IsConnected);
    }
}
