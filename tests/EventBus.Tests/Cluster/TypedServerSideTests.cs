namespace EventBus.Tests.Cluster;

public sealed class TypedServerSideTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task ServerSide_reaches_only_the_other_nodes()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (sender, there, socket) = (new PollHandler(1), new PollHandler(2), new PollHandler(3));
        a.Bus.HandleServerSide<IPollEvents>(sender);
        b.Bus.HandleServerSide<IPollEvents>(there);
        await b.Bus.AddHandlerAsync<IPollEvents>(socket);

        await a.Bus.Emitter<IPollEvents>().ServerSide.Opened("tea?");
        await b.Bus.Emitter<IPollEvents>().ServerSide.Opened("back?");

        Assert.Equal("opened tea?", await there.Inbox.NextAsync());
        Assert.Equal("opened back?", await sender.Inbox.NextAsync());
        Assert.Equal((0, 0, 0), (sender.Inbox.Count, there.Inbox.Count, socket.Inbox.Count));
    }

    [Fact]
    public async Task ServerSide_request_gets_one_ack_of_each_other_node()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        a.Bus.HandleServerSide<IPollEvents>(new PollHandler(1));
        b.Bus.HandleServerSide<IPollEvents>(new PollHandler(2));
        c.Bus.HandleServerSide<IPollEvents>(new PollHandler(3));

        var acks = await a.Bus.Emitter<IPollEvents>().ServerSide.Vote("tea?");

        Assert.Equal([new("b", 2), new("c", 3)], acks.Responses.OrderBy(ack => ack.Uid, StringComparer.Ordinal));
        Assert.True(acks.IsComplete);
        Assert.False(acks.IsTimedOut);
        Assert.Equal(0, a.Node.Adapter("/").OpenRequests);
    }

    [Fact]
    public async Task ServerSide_request_lists_nodes_without_a_valid_ack_as_missing()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        await _cluster.StartNodeAsync("d");
        var thrown = new PollHandler(static () => throw new InvalidOperationException("of the test"));
        var acknowledged = new PollHandler(1);
        b.Bus.HandleServerSide<IPollEvents>(thrown);
        c.Bus.HandleServerSide<IPollEvents>(acknowledged);
        c.Bus.Of().OnServerSide("vote", static _ => ValueTask.FromResult<EventValue>("tea, please"));

        var requesting = a.Bus.Emitter<IPollEvents>().ServerSide.WithTimeout(TimeSpan.FromSeconds(1)).Vote("tea?").AsTask();
        await thrown.Inbox.NextAsync();
        await a.Bus.Emitter<IPollEvents>().ServerSide.Opened("after the ack");
        await acknowledged.Inbox.NextAsync();
        Assert.False(requesting.IsCompleted);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        var acks = await requesting;
        Assert.Empty(acks.Responses);
        Assert.Equal(["b", "c", "d"], acks.Missing);
        Assert.True(acks.IsTimedOut);
        Assert.Equal(1, a.Bus.Statistics.Malformed);
    }

    [Fact]
    public async Task OnServerSide_and_HandleServerSide_last_handler_wins()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        b.Bus.Of().OnServerSide("echo", static _ => ValueTask.FromResult<EventValue>("untyped, before"));
        b.Bus.HandleServerSide<IPollEvents>(new PollHandler(1));
        b.Bus.Of().OnServerSide("vote", static _ => ValueTask.FromResult<EventValue>(9));
        var emitter = a.Bus.Emitter<IPollEvents>();

        Assert.Equal("typed", Assert.Single((await emitter.ServerSide.Echo("typed")).Responses).Value);
        Assert.Equal(9, Assert.Single((await emitter.ServerSide.Vote("tea?")).Responses).Value);
    }
}
