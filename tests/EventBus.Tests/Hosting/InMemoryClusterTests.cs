using System.Globalization;
using EventBus.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Hosting;

public sealed class InMemoryClusterTests : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatInterval = new EventBusOptions().HeartbeatInterval;
    private static readonly TimeSpan HeartbeatTimeout = new EventBusOptions().HeartbeatTimeout;

    private readonly InMemoryNodes _nodes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Cluster_connects_its_nodes_and_publishers_and_no_others()
    {
        await using var others = new InMemoryNodes();
        var elsewhere = await others.StartAsync("a");
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        await using var publisher = EventBusPublisher.Create(_nodes.Cluster, timeProvider: _nodes.Time);

        await publisher.Of().EmitAsync("published");
        await a.Bus.Of().All.EmitAsync("photo", new EventValue[] { new byte[] { 1, 2 } });
        await elsewhere.Bus.Of().All.EmitAsync("elsewhere");

        Assert.Equal(["published", "photo"], (await a.Inbox.NextAsync(2)).OrderDescending());
        Assert.Equal(["published", "photo"], await b.Inbox.NextAsync(2));
        Assert.Equal("elsewhere", await elsewhere.Inbox.NextAsync());
        Assert.Equal(0, elsewhere.Inbox.Count);
        Assert.Equal(1, publisher.Statistics.Published);
    }

    [Fact]
    public async Task Cluster_of_100_nodes_converges_and_recovers_from_a_gap()
    {
        var nodes = await _nodes.StartAsync(Enumerable.Range(0, 100).Select(i => $"node-{i.ToString(CultureInfo.InvariantCulture)}"));
        Assert.All(await CountsAsync(), count => Assert.Equal(100, count));

        await nodes[0].Bus.Of().All.EmitAsync("hello");
        foreach (var (_, inbox) in nodes)
            Assert.Equal("hello", await inbox.NextAsync());

        var (cut, gaps) = (nodes[42], new Inbox<EventGap>());
        cut.Bus.GapDetected += gaps.Add;
        _nodes.Cluster.Disconnect(cut.Bus.Uid);
        await nodes[0].Bus.Of().All.EmitAsync("missed");
        await _nodes.AdvanceAsync(HeartbeatTimeout + HeartbeatInterval);
        Assert.Equal(1, await cut.Bus.Of().ServerCountAsync(Cancellation));
        Assert.Equal(100, await nodes[0].Bus.Of().ServerCountAsync(Cancellation));

        _nodes.Cluster.Reconnect(cut.Bus.Uid);
        await _nodes.AdvanceAsync(HeartbeatInterval);
        Assert.Equal(1, (await gaps.NextAsync()).Lost);
        Assert.All(await CountsAsync(), count => Assert.Equal(100, count));
        Assert.Equal(0, gaps.Count);
        Assert.Equal(0, cut.Inbox.Count);
        Assert.All(nodes, node => Assert.Equal((node == cut ? 1 : 0, 0), (node.Bus.Statistics.Lost, node.Bus.Statistics.Malformed)));

        Task<int[]> CountsAsync() => Task.WhenAll(nodes.Select(node => node.Bus.Of().ServerCountAsync(Cancellation).AsTask()));
    }

    [Fact]
    public async Task IsDown_makes_nodes_reconnect_and_emits_fail_as_not_sent()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        var states = new Inbox<BusState>();
        a.Bus.StateChanged += states.Add;

        _nodes.Cluster.IsDown = true;
        Assert.True(_nodes.Cluster.IsDown);
        Assert.Equal(BusState.Reconnecting, await states.NextAsync());
        var emitting = a.Bus.Of().All.EmitAsync("not sent").AsTask();
        await _nodes.CompleteAsync(Assert.ThrowsAsync<EventNotSentException>(() => emitting));

        _nodes.Cluster.IsDown = false;
        Assert.Equal(BusState.Connected, await states.NextAsync());
        await a.Bus.Of().All.EmitAsync("sent");
        Assert.Equal(["not sent", "sent"], await a.Inbox.NextAsync(2));
        Assert.Equal("sent", await b.Inbox.NextAsync());
    }

    [Fact]
    public async Task LoseNextAttachment_and_CutNextPublish_are_reported()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        var lost = new Inbox<LostAttachment>();
        b.Bus.AttachmentLost += lost.Add;

        _nodes.Cluster.LoseNextAttachment();
        await a.Bus.Of().All.EmitAsync("photo", new EventValue[] { new byte[] { 1 } });
        Assert.Equal("/", (await lost.NextAsync()).Namespace);

        _nodes.Cluster.CutNextPublish(isCommitted: true);
        await Assert.ThrowsAsync<EventOutcomeUnknownException>(() => a.Bus.Of().All.EmitAsync("cut").AsTask());
        Assert.Equal("cut", await b.Inbox.NextAsync());
    }

    [Fact]
    public void Disconnect_unknown_node_throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => _nodes.Cluster.Disconnect("unknown"));
        Assert.Contains("'unknown'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _nodes.Cluster.Reconnect("unknown"));
    }

    [Fact]
    public async Task Create_while_the_cluster_is_down_reports_it_and_publishes_later()
    {
        var node = await _nodes.StartAsync("a");
        var errors = new Inbox<Exception>();
        _nodes.Cluster.IsDown = true;
        await using var publisher = EventBusPublisher.Create(
            _nodes.Cluster, new EventBusOptions { ErrorHandler = errors.Add }, timeProvider: _nodes.Time);
        Assert.IsType<EventBusStartException>(await errors.NextAsync());
        var emitting = publisher.Of().EmitAsync("waited").AsTask();
        _nodes.Cluster.IsDown = false;
        await emitting;
        Assert.Equal("waited", await node.Inbox.NextAsync());
    }
}
