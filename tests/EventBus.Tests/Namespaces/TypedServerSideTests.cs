using EventBus.Tests.Cluster;

namespace EventBus.Tests.Namespaces;

public sealed class TypedServerSideTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Events_go_to_the_other_nodes_and_never_home_nor_to_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (home, there, socket) = (new PollHandler(1), new PollHandler(2), new PollHandler(3));
        a.Bus.HandleServerSide<IPollEvents>(home);
        b.Bus.HandleServerSide<IPollEvents>(there);
        await b.Bus.AddHandlerAsync<IPollEvents>(socket);

        await a.Bus.Emitter<IPollEvents>().ServerSide.Opened("tea?");
        await b.Bus.Emitter<IPollEvents>().ServerSide.Opened("back?");

        Assert.Equal("opened tea?", await there.Inbox.NextAsync());
        Assert.Equal("opened back?", await home.Inbox.NextAsync());
        Assert.Equal((0, 0, 0), (home.Inbox.Count, there.Inbox.Count, socket.Inbox.Count));
    }

    [Fact]
    public async Task Every_other_node_answers_once()
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
    public async Task Nodes_that_throw_or_answer_something_else_or_nothing_are_missing()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        await _cluster.StartNodeAsync("d");
        var thrown = new PollHandler(static () => throw new InvalidOperationException("of the test"));
        var answered = new PollHandler(1);
        b.Bus.HandleServerSide<IPollEvents>(thrown);
        c.Bus.HandleServerSide<IPollEvents>(answered);
        c.Bus.Of().OnServerSide("vote", static _ => ValueTask.FromResult<EventValue>("tea, please"));

        var asking = a.Bus.Emitter<IPollEvents>().ServerSide.WithTimeout(TimeSpan.FromSeconds(1)).Vote("tea?").AsTask();
        await thrown.Inbox.NextAsync();
        await a.Bus.Emitter<IPollEvents>().ServerSide.Opened("after the answer");
        await answered.Inbox.NextAsync();
        Assert.False(asking.IsCompleted);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        var acks = await asking;
        Assert.Empty(acks.Responses);
        Assert.Equal(["b", "c", "d"], acks.Missing);
        Assert.True(acks.IsTimedOut);
        Assert.Equal(1, a.Bus.Statistics.Malformed);
    }

    [Fact]
    public async Task A_node_has_one_handler_an_event_whoever_set_it_last()
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
