using static System.FormattableString;

namespace EventBus.Tests.Hosting;

/// <summary>The transactions of an idle cluster.</summary>
public sealed class IdleTests : IAsyncDisposable
{
    private const int Nodes = 10;

    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Idle_node_writes_one_transaction_per_heartbeat_interval(int namespaces)
    {
        string[] names = ["/", .. Enumerable.Range(1, namespaces - 1).Select(static i => Invariant($"/n{i}"))];
        var nodes = await _nodes.StartAsync(Enumerable.Range(0, Nodes).Select(static i => Invariant($"node-{i}")));
        var buses = Array.ConvertAll(nodes, static node => node.Bus);
        foreach (var name in names)
        {
            // One after the other, so that their heartbeats are not due together by chance.
            await _nodes.CompleteAsync(Task.WhenAll(buses.Select(bus => bus.Of(name).JoinAsync().AsTask())));
            await _nodes.AdvanceAsync(TimeSpan.FromMilliseconds(250));
        }

        await _nodes.AdvanceAsync(TimeSpan.FromSeconds(15));
        var before = _nodes.Cluster.Database.Transactions;
        await _nodes.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.InRange((_nodes.Cluster.Database.Transactions - before) / (double)Nodes, 10, 12);
        foreach (var name in names)
        {
            foreach (var bus in buses)
                Assert.Equal(Nodes, await bus.Of(name).ServerCountAsync());
        }
    }
}
