using System.Collections.Concurrent;
using Npgsql;

namespace EventBus.InteropTests.Chaos;

/// <summary>The nodes there are and were, who certainly knows whom, their comings and goings, and the cuts of their connections. Each node's connections have an application name of their own.</summary>
internal sealed class ChaosCluster(string connectionString, string application, EventBusOptions options) : IAsyncDisposable
{
    private const int SocketsPerNode = 3;
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _killer = NpgsqlDataSource.Create(connectionString);
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

    /// <summary>How many nodes have begun to start: the others may hear a node before its start is over.</summary>
    public int Begun => Volatile.Read(ref _started);

    /// <summary>The nodes that have not begun to leave.</summary>
    public ChaosNode[] Present => [.. All.Where(static node => !node.IsLeaving)];

    /// <summary>Starts a node and has it ask all others. Who answers knows it from then on, and it knows them.</summary>
    public async Task StartAsync(bool asProcess)
    {
        var uid = $"{(asProcess ? "process" : "inside")}-{Interlocked.Increment(ref _started)}";
        ChaosNode node = asProcess
            ? await ProcessNode.StartAsync(uid, SocketsPerNode, ConnectionStringOf(uid), options)
            : await InProcessNode.StartAsync(uid, SocketsPerNode, ConnectionStringOf(uid), options);
        lock (_lock)
            _all.Add(node);
        try
        {
            var (uids, _) = await node.AskNodesAsync(Introduction);
            foreach (var other in uids)
                _known[(uid, other)] = _known[(other, uid)] = Moments.Next();
            node.IsIntroduced = true;
        }
        catch (Exception exception) when (node.Explains(exception))
        {
            // It left again before it knew anybody.
        }
    }

    /// <summary>Ends one or all backends of a living node; completes when it has answered another node since, or leaves.</summary>
    public async Task CutAsync(ChaosNode node, bool all, TimeSpan timeout)
    {
        var cut = node.BeginCut(Moments);
        await using (var command = _killer.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid, 5000))
            FROM (SELECT pid FROM pg_stat_activity WHERE application_name = $1 ORDER BY random() LIMIT CASE WHEN $2 THEN NULL ELSE 1 END) backends
            """))
        {
            command.Parameters.AddWithValue(ApplicationOf(node.Uid));
            command.Parameters.AddWithValue(all);
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }

        while (!node.IsLeaving && !await IsHeardAsync(node, timeout))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        cut.End();
    }

    /// <summary>Whether one knew the other before a moment.</summary>
    public bool Knew(ChaosNode asker, ChaosNode other, long before) => _known.TryGetValue((asker.Uid, other.Uid), out var since) && since < before;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in All)
            await node.DisposeAsync();
        await _killer.DisposeAsync();
    }

    private async Task<bool> IsHeardAsync(ChaosNode node, TimeSpan timeout)
    {
        await Task.Yield();
        var began = Moments.Next();
        if (Array.Find(Present, other => other != node) is not { } asker)
            return false;
        try
        {
            return (await asker.AskNodesAsync(timeout)).Uids.Contains(node.Uid);
        }
        catch (Exception exception) when (asker.Explains(exception) || asker.ExplainsByCut(exception, began))
        {
            return false;
        }
    }

    private string ApplicationOf(string uid) => $"{application}/{uid}";

    private string ConnectionStringOf(string uid) => new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = ApplicationOf(uid) }.ConnectionString;
}
