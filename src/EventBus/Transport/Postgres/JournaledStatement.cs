using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Publishes batches with journaled events over one connection. The first one looks the journal up; its owner makes the partitions from
/// time to time. Not thread-safe.
/// </summary>
internal sealed class JournaledStatement(NpgsqlConnection connection, JournalSetup setup, string source, bool isPrepared) : IDisposable
{
    private JournaledText? _inline;
    private JournaledText? _attached;
    private bool _isFound; // by this connection, which may lead to another server than the last one

    /// <summary>Publishes the batch that the parameters were filled from.</summary>
    /// <param name="parameters">The parameters, always the same object.</param>
    /// <param name="attachments">The attachment table; null if the batch needs none.</param>
    /// <param name="timeout">The time after which the statement is cancelled.</param>
    /// <param name="lockTimeout">The longest time that it waits for a lock on a table.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task ExecuteAsync(
        PublishParameters parameters, string? attachments, TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isFound || setup.IsDue)
                await setup.EnsureAsync(connection, isSynchronous: false, cancellationToken).ConfigureAwait(false);
            _isFound = true;
            await Text(parameters, attachments).ExecuteAsync(timeout, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            if (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.CheckViolation)
                _isFound = false; // The next batch looks the journal up, and its owner makes the missing partitions.
            if (JournalFault.Explain(exception, setup.Names) is { } text)
                throw exception.WithText(text);
            if (attachments is null && TableLock.IsSuspected(exception))
                throw await TableLock.NameAsync(connection, "journal", setup.Names.Table, exception, isWrite: true).ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        _inline?.Dispose();
        _attached?.Dispose();
    }

    private JournaledText Text(PublishParameters parameters, string? attachments)
    {
        ref var text = ref attachments is null ? ref _inline : ref _attached;
        if (text is null || text.Names != setup.Names || text.Attachments != attachments)
        {
            text?.Dispose();
            text = new JournaledText(connection, setup.Names, source, attachments, parameters, isPrepared);
        }

        return text;
    }
}
