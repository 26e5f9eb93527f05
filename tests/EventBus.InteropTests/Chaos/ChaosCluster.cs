using System.Collections.Concurrent;
using Npgsql;

namespace EventBus.InteropTests.Chaos;

/// <summary>The nodes there are and were, who certainly knows whom, and their comings and goings.</summary>
internal sealed class ChaosCluster(string connectionString, EventBusOptions options) : IAsyncDisposable
{
    private const int SocketsPerNode = 3;
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(connectionString);
    private readonly ConcurrentDictionary<(string Asker, string Uid), long> _known = new();
    private readonly Lock _lock = new();
    private readonly List<ChaosNode> _all = [];
    private int _started;

    public Moments Moments { get; } = new();

    /// <summary>Every node there ever was.</summary>
    public ChaosNode[] All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    /// <summary>The nodes that have not begun to leave.</summary>
    public ChaosNode[] Present => [.. All.Where(static node => !node.IsLeaving)];

    /// <summary>Starts a node and has it ask all others. Who answers knows it from then on, and it knows them.</summary>
    public async Task StartAsync(bool asProcess)
    {
        var uid = $"{(asProcess ? "process" : "inside")}-{Interlocked.Increment(ref _started)}";
        ChaosNode node = asProcess
            ? await ProcessNode.StartAsync(uid, SocketsPerNode, connectionString, options)
            : await InProcessNode.StartAsync(uid, SocketsPerNode, _dataSource, options);
        lock (_lock)
            _all.Add(node);
        try
        {
            var (uids, _) = await node.AskNodesAsync(Introduction);
            foreach (var other in uids)
                _known[(uid, other)] = _known[(other, uid)] = Moments.Next();
        }
        catch (Exception exception) when (node.Explains(exception))
        {
            // It left again before it knew anybody.
        }
    }

    /// <summary>Whether one knew the other before a moment.</summary>
    public bool Knew(ChaosNode asker, ChaosNode other, long before) => _known.TryGetValue((asker.Uid, other.Uid), out var since) && since < before;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
            await node.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}
