namespace EventBus.Tests.Cluster;

public sealed class MembershipTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Nodes_are_counted_per_namespace_this_one_included()
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
    public async Task Coming_leaving_and_expiring_are_told_once_each()
    {
        var a = await _cluster.StartNodeAsync("a");
        var told = new List<string>();
        a.Bus.Of().NodeJoined += uid => told.Add($"+{uid}");
        a.Bus.Of().NodeLeft += uid => told.Add($"-{uid}");

        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        await b.Bus.DisposeAsync();
        c.Transport.IsCutOff = true;
        _cluster.Time.Advance(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));

        Assert.Equal(["+b", "+c", "-b", "-c"], told);
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
    }

    [Fact]
    public async Task A_subscriber_that_throws_keeps_nobody_from_hearing()
    {
        var a = await _cluster.StartNodeAsync("a");
        var told = new List<string>();
        a.Bus.Of().NodeJoined += _ => throw new InvalidOperationException("of the test");
        a.Bus.Of().NodeJoined += told.Add;
        await _cluster.StartNodeAsync("b");
        Assert.Equal(["b"], told);
        Assert.Equal(1, a.Logger.Count(305));
    }

    [Fact]
    public async Task Counting_waits_until_the_namespace_is_joined()
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
