using System.Collections.Concurrent;
using Npgsql;

namespace EventBus.InteropTests.Chaos;

/// <summary>
/// All present and past nodes, the certain knowledge of each about the others, their joins and leaves, and the cuts of their connections.
/// The connections of each node have their own application name.
/// </summary>
internal sealed class ChaosCluster(string connectionString, string application, EventBusOptions options) : IAsyncDisposable
{
    private const int SocketsPerNode = 3;
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _killer = NpgsqlDataSource.Create(connectionString);
    private readonly ConcurrentDictionary<(string Sender, string Uid), long> _known = new();
    private readonly Lock _lock = new();
    private readonly List<ChaosNode> _all = [];
    private int _started;

    public Moments Moments { get; } = new();

    /// <summary>All nodes, including past ones.</summary>
    public ChaosNode[] All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    /// <summary>
    /// The number of nodes that have begun to start: others may receive messages of a node before its start has completed.
    /// </summary>
    public int Begun => Volatile.Read(ref _started);

    /// <summary>The nodes that have not begun to leave.</summary>
    public ChaosNode[] Present => [.. All.Where(static node => !node.IsLeaving)];

    /// <summary>
    /// Starts a node and makes a request to all others. The nodes that respond and the new one know each other from then on.
    /// </summary>
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
            var (uids, _) = await node.RequestUidsAsync(Introduction);
            foreach (var other in uids)
                _known[(uid, other)] = _known[(other, uid)] = Moments.Next();
            node.IsIntroduced = true;
        }
        catch (Exception exception) when (node.Explains(exception))
        {
            // It left again before it knew another node.
        }
    }

    /// <summary>Ends one or all backends of a living node; completes when it has responded to another node since, or leaves.</summary>
    public async Task CutAsync(ChaosNode node, bool all, TimeSpan timeout)
    {
        var cut = node.BeginCut(Moments);
        await using (var command = _killer.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid, 5000))
            FROM (
                SELECT pid FROM pg_stat_activity WHERE application_name = $1
                ORDER BY random() LIMIT CASE WHEN $2 THEN NULL ELSE 1 END) backends
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

    /// <summary>Whether one node knew the other before a moment.</summary>
    public bool Knew(ChaosNode sender, ChaosNode other, long before) =>
        _known.TryGetValue((sender.Uid, other.Uid), out var since) && since < before;

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
        if (Array.Find(Present, other => other != node) is not { } sender)
            return false;
        try
        {
            return (await sender.RequestUidsAsync(timeout)).Uids.Contains(node.Uid);
        }
        catch (Exception exception) when (sender.Explains(exception) || sender.ExplainsByCut(exception, began))
        {
            return false;
        }
    }

    private string ApplicationOf(string uid) => $"{application}/{uid}";

    private string ConnectionStringOf(string uid) =>
        new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = ApplicationOf(uid) }.ConnectionString;
}
