using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>The publishing connection to PostgreSQL, with its statement.</summary>
internal sealed class PublishConnection(NpgsqlDataSource dataSource, AttachmentSchema schema, EventBusOptions options, TimeProvider time) : IPublishConnection
{
    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(1);

    private readonly AbandonedConnections _abandoned = new();
    private NpgsqlConnection? _connection;
    private PublishStatement? _statement;
    private long _lastUse;

    public bool IsOpen => _connection is not null;

    public bool IsUnused => time.GetElapsedTime(_lastUse) > Unused;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("There is no connection.");

    private PublishStatement Statement => _statement ?? throw new InvalidOperationException("There is no connection.");

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A notification queue that was full stays so, when whoever filled it has gone, until somebody asks.
            var command = new NpgsqlCommand("SELECT pg_notification_queue_usage()", connection) { CommandTimeout = options.KeepAliveInterval.ToWholeSeconds() };
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }

        _connection = connection;
        _statement = new PublishStatement(connection, schema);
        Used();
    }

    public Task CheckAsync() => Connection.CheckAsync(options.KeepAliveInterval);

    public Task ExecuteAsync(IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, CancellationToken cancellationToken) =>
        Statement.ExecuteAsync(batch, timeout, cancellationToken);

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
