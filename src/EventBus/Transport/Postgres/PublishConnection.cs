using EventBus.Wire;
using Microsoft.Extensions.Logging;
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

    /// <summary>Opens the connection.</summary>
    /// <param name="pastPool">Whether it must be a new one, because the pool may hold connections to another server.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    Task OpenAsync(bool pastPool, CancellationToken cancellationToken);

    /// <summary>Sends an empty query, which fails if the server does not respond.</summary>
    Task CheckAsync();

    /// <summary>Sends an empty notification, which fails if the server does not respond or rejects it.</summary>
    Task NotifyAsync(string channel);

    /// <inheritdoc cref="PublishStatement.ExecuteAsync"/>
    Task ExecuteAsync(
        IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <inheritdoc cref="PublishStatement.Classify"/>
    PublishFailure Classify(Exception exception);

    /// <summary>The server has just responded.</summary>
    void Used();

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
}

/// <summary>The publishing connection to PostgreSQL, with its statement.</summary>
internal sealed class PublishConnection(
    NpgsqlDataSource dataSource, AttachmentSchema schema, EventBusOptions options, TimeProvider time, ILogger logger)
    : IPublishConnection
{
    private readonly TableSetup _setup = new(schema, options.CreateTable, logger);
    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(1);

    private readonly AbandonedConnections _abandoned = new();
    private NpgsqlConnection? _connection;
    private PublishStatement? _statement;
    private long _lastUse;

    public bool IsOpen => _connection is not null;

    public bool IsUsable => Connection.IsUsable;

    public bool IsUnused => time.GetElapsedTime(_lastUse) > Unused;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("There is no connection.");

    private PublishStatement Statement => _statement ?? throw new InvalidOperationException("There is no connection.");

    public async Task OpenAsync(bool pastPool, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenOwnConnectionAsync(cancellationToken, pastPool).ConfigureAwait(false);
        try
        {
            // If the notification queue was full and the slow listener has left, PostgreSQL frees the queue only when a session reads its
            // usage.
            var command = new NpgsqlCommand("SELECT pg_notification_queue_usage()", connection);
            command.CommandTimeout = options.KeepAliveInterval.ToWholeSeconds();
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }

        _connection = connection;
        _statement = new PublishStatement(connection, schema, _setup);
        Used();
    }

    public Task CheckAsync() => Connection.CheckAsync(options.KeepAliveInterval);

    public Task NotifyAsync(string channel) => Connection.NotifyAsync(channel, options.KeepAliveInterval);

    public Task ExecuteAsync(
        IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken) =>
        Statement.ExecuteAsync(batch, timeout, lockTimeout, cancellationToken);

    public PublishFailure Classify(Exception exception) => Statement.Classify(exception);

    public void Used() => _lastUse = time.GetTimestamp();

    public void Abandon(Task? operation = null, IReadOnlyList<IDisposable>? stillUsed = null)
    {
        _abandoned.Add(Connection, operation ?? Task.CompletedTask, [Statement, .. stillUsed ?? []]);
        _connection = null;
        _statement = null;
    }

    public async ValueTask DisposeAsync()
    {
        _statement?.Dispose();
        if (_connection is not null)
            await _connection.CloseQuietlyAsync().ConfigureAwait(false);
        await _abandoned.DisposeAsync().ConfigureAwait(false);
    }
}
