using EventBus.Transport.Sql;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Journal;

/// <summary>An event that a group could not handle, and that shall be handled again.</summary>
/// <param name="Id">The id of the letter.</param>
/// <param name="Attempts">The attempts that have failed; 0 if it was only parked behind another one.</param>
/// <param name="Event">The event.</param>
internal sealed record ResumedLetter(long Id, int Attempts, JournalEvent Event);

/// <summary>The dead letters of a group, as the owners of its partitions use them. Thread-safe.</summary>
internal sealed class DeadLetters(JournalNames names, GroupTables tables)
{
    /// <summary>The longest text of an error.</summary>
    private const int LongestError = 16 * 1024;

    private readonly GroupSql _sql = new(names);

    /// <summary>Stores a dead letter in a transaction.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="item">The event.</param>
    /// <param name="state">Its state: <c>dead</c>, or <c>parked</c> behind a dead one.</param>
    /// <param name="attempts">The attempts that have failed.</param>
    /// <param name="error">The error.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public Task BuryAsync(
        NpgsqlConnection connection, JournalEvent item, string state, int attempts, string error, CancellationToken cancellationToken)
    {
        var identity = item.Identity;
        var command = tables.Command(
            _sql.Bury, state, attempts, TextOf(error), item.At.UtcDateTime, identity.Source, item.Channel, item.Name);
        command.Parameters.Add(Optional(NpgsqlDbType.Bigint, identity.IsTransactional ? null : identity.Number));
        command.Parameters.Add(Optional(NpgsqlDbType.Text, identity.IsTransactional ? identity.Number.ToString("x16") : null));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = item.Key });
        command.Parameters.Add(Optional(NpgsqlDbType.Bytea, item.IsAttached ? null : item.Body.ToArray()));
        command.Parameters.Add(Optional(NpgsqlDbType.Bytea, item.IsAttached ? item.Body.ToArray() : null));
        return GroupTables.ExecuteAsync(connection, command, cancellationToken);
    }

    /// <summary>Returns whether the events of a key must wait behind a dead letter.</summary>
    public async Task<bool> IsHeldAsync(NpgsqlConnection connection, int key, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { tables.Command(_sql.IsHeld, key) } };
        await using var ofBatch = batch.ConfigureAwait(false);
        return (bool)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Returns the next letter of a partition that is to be handled again; null if there is none.</summary>
    public async Task<ResumedLetter?> NextResumedAsync(
        NpgsqlConnection connection, int partitions, int partition, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { tables.Command(_sql.NextResumed, partitions, partition) } };
        await using var ofBatch = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            return null;
        var isTransactional = reader.IsDBNull(5);
        var isAttached = reader.IsDBNull(8);
        var identity = new EventIdentity(
            reader.GetString(3),
            reader.GetString(4),
            isTransactional ? unchecked((long)Convert.ToUInt64(reader.GetString(6), 16)) : reader.GetInt64(5),
            isTransactional);
        var item = new JournalEvent(
            identity,
            reader.GetInt32(7),
            new DateTimeOffset(reader.GetDateTime(1)),
            reader.GetString(10),
            reader.GetFieldValue<byte[]>(isAttached ? 9 : 8),
            isAttached,
            default);
        return new ResumedLetter(reader.GetInt64(0), reader.GetInt32(2), item);
    }

    /// <summary>Removes a letter that was handled, in the transaction of its handler. The letters that it has held up follow.</summary>
    public Task SettleAsync(NpgsqlConnection connection, ResumedLetter letter, CancellationToken cancellationToken) =>
        GroupTables.ExecuteAsync(connection, tables.Command(_sql.Settle, letter.Id, letter.Event.Key), cancellationToken);

    /// <summary>A letter has failed again, so it is dead again.</summary>
    public Task FailAgainAsync(NpgsqlConnection connection, ResumedLetter letter, string error, CancellationToken cancellationToken) =>
        GroupTables.ExecuteAsync(
            connection, tables.Command(_sql.FailAgain, letter.Id, letter.Event.Key, 1, TextOf(error)), cancellationToken);

    /// <summary>Stores the error of a letter.</summary>
    public Task SetErrorAsync(NpgsqlConnection connection, ResumedLetter letter, string error, CancellationToken cancellationToken) =>
        GroupTables.ExecuteAsync(connection, tables.Command(_sql.SetError, letter.Id, TextOf(error)), cancellationToken);

    /// <summary>Lets dead letters be handled again.</summary>
    /// <param name="ids">Their ids; null: all that are dead.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>The number of letters.</returns>
    public Task<int> ResumeAsync(long[]? ids, CancellationToken cancellationToken) => tables.ExecuteAsync(
        _sql.Resume,
        cancellationToken,
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = (object?)ids ?? DBNull.Value });

    // PostgreSQL stores no NUL, and a cut within a surrogate pair is no text.
    private static string TextOf(string error)
    {
        var text = error.Replace("\0", "\\0", StringComparison.Ordinal);
        if (text.Length <= LongestError)
            return text;
        return text[..(char.IsHighSurrogate(text[LongestError - 1]) ? LongestError - 1 : LongestError)];
    }

    private static NpgsqlParameter Optional(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
