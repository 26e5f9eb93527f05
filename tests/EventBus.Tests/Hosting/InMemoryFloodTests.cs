using EventBus.Hosting;
using EventBus.Transport;
using EventBus.Wire;
using static System.FormattableString;

namespace EventBus.Tests.Hosting;

/// <summary>A cluster that starts while a backend of another role floods it with announcements and requests.</summary>
public sealed class InMemoryFloodTests : IAsyncDisposable
{
    private const int Nodes = 100;
    private const int Stranger = 1_000_000;

    private readonly InMemoryNodes _nodes = new();
    private readonly MessageNumbers _numbers = new();
    private readonly MessageEncoder _forger = new(new MessageEncoderOptions
    {
        Channel = "socket.io#/",
        Namespace = "/",
        Uid = "forged",
        Source = null,
        PayloadThreshold = EventBusDefaults.PayloadThreshold,
    });

    private long _requests;

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Start_of_100_nodes_during_a_flood_is_complete()
    {
        var first = await _nodes.StartAsync("first");
        _nodes.BeforeStep = Flood;
        var nodes = await _nodes.StartAsync(Enumerable.Range(0, Nodes).Select(static i => Invariant($"node-{i}")));
        await _nodes.AdvanceAsync(TimeSpan.FromSeconds(1));

        // Each node knows every other node, and the invented node.
        foreach (var (bus, _) in nodes)
            Assert.Equal(1 + Nodes + 1, await bus.Of().ServerCountAsync());

        // An emitter never announces itself.
        await using var publisher = EventBusPublisher.Create(_nodes.Cluster, timeProvider: _nodes.Time);
        for (var i = 0; i < 100; i++)
            await publisher.Of().EmitAsync("real");
        await _nodes.AdvanceAsync(TimeSpan.FromMilliseconds(50));
        foreach (var (_, inbox) in nodes.Append(first))
            Assert.Equal(Enumerable.Repeat("real", 100), await inbox.NextAsync(100));

        _nodes.BeforeStep = null;
        var fetching = nodes[42].Bus.Of().All.FetchSocketsAsync().AsTask();
        await _nodes.CompleteAsync(fetching);
        var fetched = await fetching;
        Assert.Equal(1 + Nodes, fetched.Sockets.Count);
        Assert.Equal(["forged"], fetched.Missing);
        Assert.Equal(0, nodes.Sum(static node => node.Bus.Statistics.Lost));
    }

    private void Flood()
    {
        for (var i = 0; i < 10; i++)
            Commit(_forger.InitialHeartbeat());
        Commit(_forger.FetchSockets(default, Invariant($"{++_requests:x16}")));
    }

    private void Commit(OutgoingMessage message)
    {
        var pending = new PendingMessage();
        pending.Begin(message, since: 0, completion: null, joinsPrevious: false);
        pending.Enter(_numbers);
        _nodes.Cluster.Database.Commit([pending], Stranger);
        pending.End();
    }
}
