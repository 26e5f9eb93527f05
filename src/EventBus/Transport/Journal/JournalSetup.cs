using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Journal;

/// <summary>
/// Finds the journal, creates it if it is missing and may be created, and makes its partitions ahead while journaled events are sent. One
/// for each node or publisher; thread-safe.
/// </summary>
/// <remarks>
/// It has no timer: a process that sends no journaled event does nothing for the journal. The partitions reach far enough ahead for the
/// time between two events, or are made before the later one.
/// </remarks>
internal sealed class JournalSetup(EventBusOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>The longest time that the journal's owner waits for a lock, while all messages wait.</summary>
    private static readonly TimeSpan LongestLock = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest time of its statement.</summary>
    private static readonly TimeSpan LongestStatement = TimeSpan.FromSeconds(2);

    /// <summary>The time until partitions are made again after that has failed.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMinutes(1);

    private readonly JournalNames _names = new(options.JournalTable);
    private readonly TimeSpan _interval = JournalPartitions.LengthOf(options.JournalRetention) / 4;
    private volatile JournalNames? _found;
    private volatile bool _hasExisted;
    private volatile bool _isOwner;
    private long _dueAt;

    /// <summary>The journal, with its schema if it was found.</summary>
    public JournalNames Names => _found ?? _names;

    /// <summary>Whether the journal was not found yet, or new partitions should be made.</summary>
    public bool IsDue => _found is null || (_isOwner && time.GetTimestamp() >= Volatile.Read(ref _dueAt));

    /// <summary>Finds or creates the journal; its owner makes the partitions.</summary>
    /// <param name="connection">An open connection, in no transaction.</param>
    /// <param name="isSynchronous">Whether to run on this thread, so that the returned task is complete.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EventBusStartException">There is no journal, or the table is none.</exception>
    /// <exception cref="PostgresException">This role may not create or read it.</exception>
    public async Task EnsureAsync(NpgsqlConnection connection, bool isSynchronous, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var state = await JournalState.ReadAsync(connection, _names, isSynchronous, cancellationToken).ConfigureAwait(false);
        if (state is null && options.CreateTable && !_hasExisted)
        {
            await CreateAsync(connection, isSynchronous, cancellationToken).ConfigureAwait(false);
            state = await JournalState.ReadAsync(connection, _names, isSynchronous, cancellationToken).ConfigureAwait(false);
        }

        var found = Check(state);
        _hasExisted = true;
        _isOwner = state!.IsOwner;
        if (_isOwner)
            await MaintainAsync(connection, found, isSynchronous, cancellationToken).ConfigureAwait(false);
        if (_found?.Table != found.Table)
            _found = found;
    }

    private async Task CreateAsync(NpgsqlConnection connection, bool isSynchronous, CancellationToken cancellationToken)
    {
        try
        {
            var create = new JournalSchema(_names, options.JournalRetention).CreateIfMissingSql;
            await ExecuteAsync(connection, create, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new EventBusStartException(JournalFault.NotCreated(_names, exception), exception);
        }

        logger.JournalCreated(_names.Table);
    }

    private JournalNames Check(JournalState? state) => state switch
    {
        null => throw new EventBusStartException(JournalFault.NotFound(_names)),
        { IsPartitioned: false } => throw new EventBusStartException(JournalFault.NoJournal(_names)),
        { HidesRows: true } => throw new EventBusStartException(JournalFault.HidesRows(_names)),
        _ => _names.In(state.Schema),
    };

    // There are partitions ahead, so a failure prevents no event yet. If they run out, the failure of the events names the remedy.
    private async Task MaintainAsync(
        NpgsqlConnection connection, JournalNames names, bool isSynchronous, CancellationToken cancellationToken)
    {
        var delay = _interval;
        try
        {
            var maintain = new JournalSchema(names, options.JournalRetention).MaintainSql;
            await ExecuteAsync(connection, maintain, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.ProvesRollback && connection.IsUsable)
        {
            logger.JournalNotMaintained(names.Table, exception);
            delay = RetryDelay;
        }

        Volatile.Write(ref _dueAt, time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency));
    }

    // The two statements are one transaction.
    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, bool isSynchronous, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(
                    $"SELECT set_config('lock_timeout', '{LongestLock.TotalMilliseconds}ms', true), "
                    + $"set_config('statement_timeout', '{LongestStatement.TotalMilliseconds}ms', true)"),
                new NpgsqlBatchCommand(sql),
            },
        };
        await using var ofBatch = batch.ConfigureAwait(false);
        if (isSynchronous)
            batch.ExecuteNonQuery();
        else
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
