using System.Globalization;

namespace EventBus.Tests.Hosting;

/// <summary>What a cluster in which nothing happens writes.</summary>
public sealed class IdleTests : IAsyncDisposable
{
    private const int Nodes = 10;

    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task A_node_writes_one_transaction_per_heartbeat_interval_however_many_its_namespaces(int namespaces)
    {
        var names = Enumerable.Range(1, namespaces - 1).Select(static i => string.Create(CultureInfo.InvariantCulture, $"/n{i}")).Prepend("/").ToArray();
        var buses = (await _nodes.StartAsync(Enumerable.Range(0, Nodes).Select(static i => $"node-{i.ToString(CultureInfo.InvariantCulture)}"))).Select(static node => node.Bus).ToArray();
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
