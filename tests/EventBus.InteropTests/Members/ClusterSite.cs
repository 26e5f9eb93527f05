using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.InteropTests.Members;

/// <summary>
/// The place of one cluster: its own channel prefix and table in PostgreSQL and, for members in memory, an in-memory cluster.
/// </summary>
internal sealed class ClusterSite(string connectionString)
{
    private readonly InMemoryCluster _memory = new();

    /// <summary>The channel prefix of its members.</summary>
    public string Prefix { get; } = PostgresFixture.NewPrefix();

    /// <summary>
    /// The options of nodes and publishers of this process that join over PostgreSQL. The other members expect their heartbeats as often as
    /// their own.
    /// </summary>
    public EventBusOptions Options => new()
    {
        ChannelPrefix = Prefix,
        TableName = Prefix,
        HeartbeatInterval = TimeSpan.FromMilliseconds(500),
        HeartbeatTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Starts a member; it has joined the cluster when this completes.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="options">Further options of the conformance node.</param>
    public async Task<Member> StartAsync(MemberKind kind, params IEnumerable<string> options)
    {
        var driven = Run(
            kind, [.. options, "--prefix", Prefix, "--table", Prefix, "--heartbeat-interval", "500", "--heartbeat-timeout", "5000"]);
        try
        {
            var ready = await driven.Lines.Reports.WaitForAsync("ready", cancellationToken: TestContext.Current.CancellationToken);
            return new Member(kind, ready.GetProperty("uid").GetString()!, driven);
        }
        catch
        {
            await driven.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Cuts the listening connection of each of these nodes. It is restored at once, or when the node restores it itself.
    /// </summary>
    public async Task CutListenersAsync(IEnumerable<Member> nodes)
    {
        foreach (var node in nodes.Where(static node => node.Kind.IsInMemory()))
        {
            _memory.Disconnect(node.Uid);
            _memory.Reconnect(node.Uid);
        }

        await ExecuteAsync(
            $"""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = '{Prefix}' AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')
            """);
    }

    /// <summary>Rejects every attachment from now on, because its table is missing; in memory, every message.</summary>
    public Task RejectAttachmentsAsync()
    {
        _memory.IsDown = true;
        return ExecuteAsync($"ALTER TABLE IF EXISTS {Prefix} RENAME TO {Prefix}_away");
    }

    /// <summary>Accepts them again.</summary>
    public Task AcceptAttachmentsAsync()
    {
        _memory.IsDown = false;
        return ExecuteAsync($"ALTER TABLE IF EXISTS {Prefix}_away RENAME TO {Prefix}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private ILineDriven Run(MemberKind kind, string[] options)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = Prefix }.ConnectionString;
        return kind switch
        {
            MemberKind.InMemoryNode => InMemorySession.Start(_memory, options),
            MemberKind.InMemoryPublisher => InMemorySession.Start(_memory, ["--emitter", .. options]),
            MemberKind.DotNetNode => DotNetProgram.Run(["--connection", connection, .. options]),
            MemberKind.DotNetPublisher => DotNetProgram.Run(["--connection", connection, "--emitter", .. options]),
            MemberKind.SocketIoServer => NodeProgram.Start(connection, options),
            MemberKind.SocketIoEmitter => NodeProgram.Start(connection, ["--emitter", .. options]),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
