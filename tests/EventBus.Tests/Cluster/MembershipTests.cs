using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class MembershipTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task ServerCount_counts_the_nodes_of_a_namespace_and_itself()
    {
        var a = await _cluster.StartNodeAsync("a");
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
        var b = await _cluster.StartNodeAsync("b");
        await _cluster.CompleteAsync(b.Bus.Of("/chat").JoinAsync().AsTask());

        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());
        Assert.Equal(2, await b.Bus.Of().ServerCountAsync());
        Assert.Equal(1, await b.Bus.Of("/chat").ServerCountAsync());

        await b.Bus.DisposeAsync();
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
    }

    [Fact]
    public async Task NodeJoined_and_NodeLeft_are_raised_once_per_change()
    {
        var a = await _cluster.StartNodeAsync("a");
        var raised = new Inbox<string>();
        a.Bus.Of().NodeJoined += uid => raised.Add($"+{uid}");
        a.Bus.Of().NodeLeft += uid => raised.Add($"-{uid}");

        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        await b.Bus.DisposeAsync();
        c.Transport.IsCutOff = true;
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));

        Assert.Equal(["+b", "+c", "-b", "-c"], await raised.NextAsync(4));
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
    }

    [Fact]
    public async Task NodeJoined_calls_all_subscribers_although_one_throws()
    {
        var a = await _cluster.StartNodeAsync("a");
        var raised = new Inbox<string>();
        a.Bus.Of().NodeJoined += _ => throw new InvalidOperationException("of the test");
        a.Bus.Of().NodeJoined += raised.Add;
        await _cluster.StartNodeAsync("b");
        Assert.Equal("b", await raised.NextAsync());
        Assert.Equal(1, a.Logger.Count(305));
    }

    [Theory]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"n1","nsp":"/"}""")]
    [InlineData("""{"type":8,"data":{"requestId":"0123456789abcdef","sockets":[]},"uid":"n1","nsp":"/"}""")]
    [InlineData("""{"type":10,"data":{"requestId":"0123456789abcdef","packet":1},"uid":"n1","nsp":"/"}""")]
    public async Task NodeJoined_is_raised_by_any_message_of_an_unknown_node(string message)
    {
        var a = await _cluster.StartNodeAsync("a");
        var joined = new Inbox<string>();
        a.Bus.Of().NodeJoined += joined.Add;
        _cluster.Hub.Notify(message.Replace("n1", "emitter", StringComparison.Ordinal));
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
        _cluster.Hub.Notify(message);
        _cluster.Hub.Notify(message);
        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());
        Assert.Equal("n1", await joined.NextAsync());

        // From now on it gets requests and is awaited.
        var requesting = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        Assert.False(requesting.IsCompleted);
        _cluster.Hub.Notify($$$"""{"type":8,"data":{"requestId":"{{{_cluster.LastRequestId()}}}","sockets":[]},"uid":"n1","nsp":"/"}""");
        Assert.True((await requesting).IsComplete);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(1000, 10)]
    public async Task Start_completes_100_ms_after_the_last_new_node_or_after_a_second(int responses, int tenths)
    {
        var a = _cluster.CreateNode("a");
        var starting = a.Bus.StartAsync(TestContext.Current.CancellationToken);
        var waited = 0;
        while (true)
        {
            // One timer is for heartbeats, the other for the first round.
            while (_cluster.Time.Timers < 2 && !starting.IsCompleted)
                await Task.Yield();
            if (starting.IsCompleted)
                break;
            if (waited < responses)
                _cluster.Hub.Notify($$"""{"type":2,"uid":"n{{waited}}","nsp":"/"}""");
            waited++;
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(99));
            Assert.False(starting.IsCompleted);
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await starting;
        Assert.Equal(tenths, waited);
        Assert.Equal(1 + Math.Min(responses, waited), await a.Bus.Of().ServerCountAsync());
    }

    [Fact]
    public async Task ServerCount_joins_the_namespace_first()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await _cluster.CompleteAsync(a.Bus.Of("/chat").JoinAsync().AsTask());
        var counting = b.Bus.Of("/chat").ServerCountAsync().AsTask();
        Assert.False(counting.IsCompleted);
        await _cluster.CompleteAsync(counting);
        Assert.Equal(2, await counting);
    }
}
