using EventBus.Transport.Sql;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Durable;

/// <summary>The groups of a journal. Thread-safe.</summary>
/// <param name="connections">Opens connections; null: the bus is in memory, so there are no groups.</param>
/// <param name="names">The journal.</param>
internal sealed class DurableGroups(NpgsqlDataSource? connections, JournalNames names) : IDurableGroups
{
    private readonly GroupAdminSql _sql = new(names);

    public Task<IReadOnlyList<DurablePartition>> GetAsync(CancellationToken cancellationToken = default) => ReadAsync(
        _sql.Partitions,
        static row => new DurablePartition(
            row.GetString(0),
            row.GetInt32(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            new DateTimeOffset(row.GetDateTime(3)),
            row.GetInt64(4),
            row.GetInt32(5),
            row.GetInt64(6)),
        cancellationToken);

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(
        string group, long after = 0, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadAsync(_sql.Letters, LetterOf, cancellationToken, group, after, limit);
    }

    public async Task<int> ResumeAsync(string group, long? id = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        var ids = new NpgsqlParameter
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
            Value = id is { } one ? new[] { one } : DBNull.Value,
        };
        return await ExecuteAsync(_sql.Resume, cancellationToken, group, ids).ConfigureAwait(false);
    }

    public async Task<bool> DiscardAsync(string group, long id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        var found = await ReadAsync(_sql.Discard, static row => row.GetBoolean(0), cancellationToken, group, id).ConfigureAwait(false);
        return found[0];
    }

    public async Task<bool> RemoveAsync(string group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        return await ExecuteAsync(_sql.Remove, cancellationToken, group).ConfigureAwait(false) == 1;
    }

    private static DeadLetter LetterOf(NpgsqlDataReader row)
    {
        var isTransactional = row.IsDBNull(4);
        var number = isTransactional ? unchecked((long)Convert.ToUInt64(row.GetString(5), 16)) : row.GetInt64(4);
        return new DeadLetter(
            row.GetInt64(0),
            row.GetString(1) switch
            {
                "dead" => DeadLetterState.Dead,
                "parked" => DeadLetterState.Parked,
                _ => DeadLetterState.Resumed,
            },
            new EventIdentity(row.GetString(2), row.GetString(3), number, isTransactional),
            row.GetString(6),
            new DateTimeOffset(row.GetDateTime(7)),
            new DateTimeOffset(row.GetDateTime(8)),
            row.GetInt32(9),
            row.GetString(10));
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params object[] values)
    {
        var command = Command(sql, values);
        await using var ofCommand = command.ConfigureAwait(false);
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var ofReader = reader.ConfigureAwait(false);
            List<T> rows = [];
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                rows.Add(read(reader));
            return rows;
        }
        catch (NpgsqlException exception)
        {
            throw NotAvailable(exception);
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        var command = Command(sql, values);
        await using var ofCommand = command.ConfigureAwait(false);
        try
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception)
        {
            throw NotAvailable(exception);
        }
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        if (connections is null)
            throw new JournalNotAvailableException("A bus in memory has no durable handlers.");
        var command = connections.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private JournalNotAvailableException NotAvailable(NpgsqlException exception) => new(
        $"The groups of the journal {names.Table} cannot be used: {exception.Message} If their tables are missing, create them with the "
        + "SQL of JournalTables.CreateSql; if the role may not use them, grant it what sql/grants.sql grants to a node.",
        exception,
        exception.IsTransient);
}
