using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>The connection of the publishing loop. It can be opened again after it was abandoned. Not thread-safe.</summary>
internal interface IPublishConnection : IAsyncDisposable
{
    bool IsOpen { get; }

    /// <summary>Whether an open connection can still be used.</summary>
    bool IsUsable { get; }

    /// <summary>
    /// Whether it was not used for so long that it must be checked first: the outcome of a message that meets a dead connection is unknown.
    /// </summary>
    bool IsUnused { get; }

    /// <summary>
    /// Opens the connection. If the last one was abandoned while a statement ran whose outcome is unknown, ends its backend first, so
    /// that the statement is not committed after later ones.
    /// </summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Makes the next opening wait, because the connection was lost, could not be opened, or was of no use.</summary>
    /// <returns>How long it waits.</returns>
    TimeSpan Postpone();

    /// <summary>Reads the usage of the notification queue, which fails if the server does not respond.</summary>
    Task CheckAsync();

    /// <summary>Sends an empty notification, which fails if the server does not respond or rejects it.</summary>
    Task NotifyAsync(string channel);

    /// <inheritdoc cref="PublishStatement.ExecuteAsync"/>
    Task ExecuteAsync(
        List<PendingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <inheritdoc cref="PublishStatement.Classify"/>
    PublishFailure Classify(Exception exception);

    /// <summary>The server has just responded.</summary>
    void Used();

    /// <summary>A statement that was lost with the connection may still be committed.</summary>
    void MarkUnknown();

    /// <summary>Abandons the connection.</summary>
    /// <param name="operation">An operation that may still be running; the connection is closed when it has ended.</param>
    /// <param name="stillUsed">Objects that the operation uses, disposed when it has ended.</param>
    void Abandon(Task? operation = null, IReadOnlyList<IDisposable>? stillUsed = null);
}

/// <summary>The meaning of a failed statement for its messages.</summary>
internal enum PublishFailure
{
    /// <summary>The connection was lost during the statement: it was committed, or it was not.</summary>
    Unknown,

    /// <summary>The server rejected the statement for a transient cause; nothing was sent.</summary>
    Transient,

    /// <summary>The server rejected the statement because of one of its messages; nothing was sent.</summary>
    Message,

    /// <summary>The server rejected the row of the statement in the journal, whatever its messages are; nothing was sent.</summary>
    Journal,
}

/// <summary>The publishing connection to PostgreSQL, with its statement.</summary>
internal sealed class PublishConnection(
    ConnectionOpener opener,
    AttachmentSchema schema,
    JournalSetup journal,
    string source,
    EventBusOptions options,
    TimeProvider time,
    BusDiagnostics diagnostics)
    : IPublishConnection
{
    // A batch of small events needs less than twice this. A batch of larger events frees larger blocks itself.
    private const int KeptKilobytes = 300;

    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(1);

    private readonly TableSetup _setup = new(schema, options.CreateTable, diagnostics.Logger);
    private readonly BackendMemory _memory = new(time);
    private readonly QueueHolder _holder = new(time, diagnostics.Logger);
    private NpgsqlConnection? _connection;
    private BackendId _backend;
    private BackendId? _unknown; // the backend of an abandoned connection whose last statement may still be committed
    private PublishStatement? _statement;
    private long _lastUse;

    public bool IsOpen => _connection is not null;

    /// <summary>The database at its last opening; without its identity if the role may not read it.</summary>
    public FoundDatabase Database { get; private set; }

    public bool IsUsable => Connection.IsUsable;

    public bool IsUnused => time.GetElapsedTime(_lastUse) > Unused;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("There is no connection.");

    private PublishStatement Statement => _statement ?? throw new InvalidOperationException("There is no connection.");

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var opened = await opener.OpenLaterAsync(cancellationToken).ConfigureAwait(false);
        if (_unknown is { } unknown)
            await EndAsync(unknown, opened.Connection).ConfigureAwait(false);
        await PrepareMemoryAsync(opened.Connection, cancellationToken).ConfigureAwait(false);
        _holder.Watch(opened.Connection);
        _connection = opened.Connection;
        Database = opened.Database;

        // Behind a pooler, the backend serves other clients, so it must not be ended; and the next transaction may have another one, which
        // has prepared nothing.
        _backend = opened.IsPooled ? opened.Backend with { Start = null } : opened.Backend;
        var isPrepared = !opened.IsPooled;
        var journaled = new JournaledStatement(opened.Connection, journal, source, isPrepared);
        _statement = new PublishStatement(opened.Connection, schema, _setup, journaled, _memory, isPrepared);
        _lastUse = time.GetTimestamp();
    }

    public TimeSpan Postpone() => opener.Postpone();

    // A statement that also has a use: somebody may watch PostgreSQL's queue.
    public async Task CheckAsync() => diagnostics.Metrics.NotificationQueue.Set(
        await Connection.ReadQueueUsageAsync(options.KeepAliveInterval, time, CancellationToken.None).ConfigureAwait(false));

    public Task NotifyAsync(string channel) =>
        Connection.NotifyAsync(channel, options.KeepAliveInterval, time, CancellationToken.None);

    public async Task ExecuteAsync(
        List<PendingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var connection = Connection;
        try
        {
            await Statement.ExecuteAsync(batch, timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (QueueHolder.IsQueueFull(exception) && connection.IsUsable)
        {
            throw await _holder.ExplainAsync(connection, exception).ConfigureAwait(false);
        }

        await _holder.LogAsync(connection).ConfigureAwait(false);
    }

    public PublishFailure Classify(Exception exception) => Statement.Classify(exception);

    public void Used()
    {
        _lastUse = time.GetTimestamp();
        opener.Succeeded();
    }

    public void MarkUnknown() => _unknown = _backend;

    public void Abandon(Task? operation = null, IReadOnlyList<IDisposable>? stillUsed = null)
    {
        opener.Abandoned.Add(Connection, operation ?? Task.CompletedTask, [Statement, .. stillUsed ?? []]);
        _connection = null;
        _statement = null;
    }

    public async ValueTask DisposeAsync()
    {
        _statement?.Dispose();
        if (_connection is not null)
            await _connection.CloseQuietlyAsync().ConfigureAwait(false);
    }

    private async Task PrepareMemoryAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await _memory.KeepAsync(connection, KeptKilobytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Ends the backend of a statement whose outcome is unknown. If that is impossible, it is reported, and publishing goes on; but not if
    /// the new connection is lost meanwhile.
    /// </summary>
    private async Task EndAsync(BackendId unknown, NpgsqlConnection connection)
    {
        var failure = await unknown.TerminateAsync(connection, options.KeepAliveInterval).ConfigureAwait(false);
        if (failure is not null && !connection.IsUsable)
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw failure;
        }

        _unknown = null;
        if (failure is null)
            return;
        diagnostics.Logger.BackendNotEnded(unknown.Pid, failure.Message);
        diagnostics.Report(failure);
    }
}
