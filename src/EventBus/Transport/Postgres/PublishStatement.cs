using System.Runtime.CompilerServices;
using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Publishes a batch of messages in one transaction of one connection. Not thread-safe.</summary>
/// <param name="connection">The connection.</param>
/// <param name="schema">The attachment table.</param>
/// <param name="setup">Looks up the table.</param>
/// <param name="journaled">Publishes batches with journaled events.</param>
/// <param name="memory">Lets the backend keep memory.</param>
/// <param name="isPrepared">Whether statements are prepared at their first use.</param>
internal sealed class PublishStatement(
    NpgsqlConnection connection,
    AttachmentSchema schema,
    TableSetup setup,
    JournaledStatement journaled,
    BackendMemory memory,
    bool isPrepared)
    : IDisposable
{
    private const int LargeBatch = 256 * 1024; // bytes of attachments
    private const int KeptKilobytes = 8_000;

    private readonly PublishParameters _parameters = new();
    private InlineText? _inline;
    private AttachedText? _attached;
    private bool _keepsMemory;

    /// <summary>
    /// Publishes a batch. When the call returns, it uses the batch no longer, except for the attachments, until the task completes.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="timeout">The time after which the statement is cancelled.</param>
    /// <param name="lockTimeout">The longest time that it waits for a lock on the attachment table or the journal.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ExecuteAsync(
        List<PendingMessage> batch, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _parameters.Fill(batch);
        if (_parameters.Attachments.Count == 0 && _parameters.Journal.IsEmpty)
        {
            _inline ??= new InlineText(connection, _parameters, isPrepared);
            await _inline.ExecuteAsync(timeout, cancellationToken).ConfigureAwait(false);
        }
        else if (_parameters.Attachments.Count == 0)
        {
            await journaled.ExecuteAsync(_parameters, attachments: null, timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            if (!_keepsMemory && _parameters.AttachedBytes >= LargeBatch)
            {
                _keepsMemory = true;
                await memory.KeepAsync(connection, KeptKilobytes, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                await FindTableAsync(lockTimeout, cancellationToken).ConfigureAwait(false);
                await ExecuteAttachedAsync(timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable && connection.IsUsable)
            {
                schema.Missed();
                await FindTableAsync(lockTimeout, cancellationToken).ConfigureAwait(false);
                await ExecuteAttachedAsync(timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (MissingPrivilege.Explain(exception, schema, TableUse.ByPublisher) is { } text)
            {
                throw exception.WithText(text);
            }
            catch (Exception exception) when (TableLock.IsSuspected(exception))
            {
                throw await TableLock.NameAsync(connection, schema, exception, isWrite: true).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Classifies a failure.</summary>
    public PublishFailure Classify(Exception exception) => exception switch
    {
        PostgresException { ProvesRollback: true } rejection => rejection.MayPass ? PublishFailure.Transient
            : IsOfJournal(rejection) ? PublishFailure.Journal
            : PublishFailure.Message,
        _ when !connection.IsUsable => PublishFailure.Unknown,
        PostgresException => PublishFailure.Unknown, // A FATAL, or the error of a pooler.
        NpgsqlException => PublishFailure.Transient, // The statement timed out, and the server has confirmed its cancellation.
        EventBusStartException when !_parameters.Journal.IsEmpty => PublishFailure.Journal, // There is none.
        _ => PublishFailure.Message,
    };

    public void Dispose()
    {
        journaled.Dispose();
        _inline?.Dispose();
        _attached?.Dispose();
    }

    /// <summary>If the table was not found yet, or is missed, it is looked up and may be created.</summary>
    private async Task FindTableAsync(TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        if (schema.IsFound)
            return;
        if (await setup.EnsureAsync(connection, lockTimeout, cancellationToken).ConfigureAwait(false) is null)
            throw new EventBusStartException(MissingPrivilege.NotFound(schema, TableUse.ByPublisher));
    }

    private bool IsOfJournal(PostgresException rejection) => !_parameters.Journal.IsEmpty && JournalFault.IsOfJournal(rejection);

    private async Task ExecuteAttachedAsync(TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        if (!_parameters.Journal.IsEmpty)
        {
            await journaled.ExecuteAsync(_parameters, schema.Name, timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (_attached?.Table != schema.Name)
        {
            _attached?.Dispose();
            _attached = new AttachedText(connection, schema.Name, _parameters, isPrepared);
        }

        await _attached.ExecuteAsync(timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
    }
}
