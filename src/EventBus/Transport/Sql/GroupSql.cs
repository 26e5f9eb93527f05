namespace EventBus.Transport.Sql;

/// <summary>The statements of a group of durable handlers.</summary>
/// <remarks>
/// The truth is the epoch of a partition. A take-over raises it, and every statement of an owner names the epoch that it has: if the row
/// has another one, the statement changes nothing, and the owner rolls back its transaction.
/// </remarks>
internal sealed class GroupSql(JournalNames names)
{
    /// <summary>The columns of a cursor, in the order of the parameters of <see cref="Advance"/>.</summary>
    public const string CursorColumns = "incarnation, previous::text, high, target::text, target_high, position, place";

    private const string Mine = "group_name = $1 AND partition = $2 AND epoch = $3";

    /// <summary>
    /// Makes the group with its partitions unless it exists: $1 its name, $2 the contract, $3 partitions, $4 from the oldest event.
    /// </summary>
    /// <remarks>Rows of transactions that are open now commit later, so both starts miss none of them.</remarks>
    public string Found => $"""
        WITH made AS (
            INSERT INTO {names.Groups} (name, contract, partitions) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING partitions)
        INSERT INTO {names.Cursors} (group_name, partition, incarnation, previous, high)
        SELECT $1, p, s.incarnation, CASE WHEN $4 THEN '1:1:'::pg_snapshot ELSE pg_current_snapshot() END,
            CASE WHEN $4 THEN 0 ELSE coalesce((SELECT max(id) FROM {names.Table}), 0) END
        FROM made, {names.State} s, generate_series(0, made.partitions - 1) p
        """;

    /// <summary>Adds a member: $1 the group, $2 its uid.</summary>
    public string Join => $"INSERT INTO {names.Members} (group_name, uid) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    /// <summary>Removes members: $1 the group, $2 their uids.</summary>
    public string Leave => $"DELETE FROM {names.Members} WHERE group_name = $1 AND uid = ANY ($2)";

    /// <summary>The group: $1 its name.</summary>
    public string Group => $"SELECT contract, partitions FROM {names.Groups} WHERE name = $1";

    /// <summary>The members: $1 the group.</summary>
    public string Members =>
        $"SELECT uid, clock_timestamp() - joined_at FROM {names.Members} WHERE group_name = $1 ORDER BY uid";

    /// <summary>The partitions: $1 the group.</summary>
    public string Partitions => $"""
        SELECT partition, epoch, owner, alive_at, clock_timestamp() - alive_at, is_working
        FROM {names.Cursors} WHERE group_name = $1 ORDER BY partition
        """;

    /// <summary>Whether the group has dead letters, and whether some of them wait to be handled again: $1 the group.</summary>
    public string HasLetters => $"""
        SELECT EXISTS (SELECT FROM {names.DeadLetters} WHERE group_name = $1),
            EXISTS (SELECT FROM {names.DeadLetters} WHERE group_name = $1 AND state = 'resumed')
        """;

    /// <summary>
    /// Takes a partition over: $1 the group, $2 the partition, $3 the epoch and $4 the sign of life that were seen, $5 the new owner. An
    /// owner that has ended in the middle of its work counts as an attempt.
    /// </summary>
    public string Claim => $"""
        UPDATE {names.Cursors} SET epoch = epoch + 1, owner = $5, alive_at = clock_timestamp(),
            attempts = attempts + is_working::integer, is_working = false
        WHERE {Mine} AND alive_at = $4
        RETURNING epoch, attempts, {CursorColumns}
        """;

    /// <summary>
    /// Begins a new epoch of the same owner after a failure of its connection: $1 the group, $2 the partition, $3 the epoch. A transaction
    /// of the old epoch whose outcome is unknown has either committed its cursor before, or cannot commit one any more.
    /// </summary>
    public string Reclaim => $"""
        UPDATE {names.Cursors} SET epoch = epoch + 1, alive_at = clock_timestamp() WHERE {Mine}
        RETURNING epoch, attempts, {CursorColumns}
        """;

    /// <summary>The cursor of an owner: $1 the group, $2 the partition, $3 the epoch.</summary>
    public string Read => $"SELECT epoch, attempts, {CursorColumns} FROM {names.Cursors} WHERE {Mine}";

    /// <summary>
    /// Marks the partition as being worked on, before its events are handled: $1 the group, $2 the partition, $3 the epoch. A crash of the
    /// server may lose it, which only loses the count of an attempt.
    /// </summary>
    public string Begin => $"UPDATE {names.Cursors} SET is_working = true, alive_at = clock_timestamp() WHERE {Mine}";

    /// <summary>A sign of life while a handler runs: $1 the group, $2 the partition, $3 the epoch.</summary>
    public string Renew => $"UPDATE {names.Cursors} SET alive_at = clock_timestamp() WHERE {Mine}";

    /// <summary>An attempt has failed: $1 the group, $2 the partition, $3 the epoch.</summary>
    public string Fail =>
        $"UPDATE {names.Cursors} SET attempts = attempts + 1, alive_at = clock_timestamp() WHERE {Mine}";

    /// <summary>Gives a partition back: $1 the group, $2 the partition, $3 the epoch.</summary>
    public string Release => $"UPDATE {names.Cursors} SET owner = NULL, epoch = epoch + 1, is_working = false WHERE {Mine}";

    /// <summary>
    /// Moves the cursor, as the last statement of the transaction: $1 the group, $2 the partition, $3 the epoch, $4 whether more events are
    /// in hand, $5 to $11 the columns of the cursor.
    /// </summary>
    public string Advance => $"""
        UPDATE {names.Cursors} SET alive_at = clock_timestamp(), attempts = 0, is_working = $4, incarnation = $5,
            previous = $6::pg_snapshot, high = $7, target = $8::pg_snapshot, target_high = $9, position = $10, place = $11
        WHERE {Mine}
        """;

    /// <summary>
    /// Stores a dead letter: $1 the group, $2 the state, $3 attempts, $4 the error, $5 the time, $6 source, $7 channel, $8 event,
    /// $9 number, $10 unique id, $11 key, $12 message, $13 attachment.
    /// </summary>
    public string Bury => $"""
        INSERT INTO {names.DeadLetters} (
            group_name, state, attempts, error, at, source, channel, event, number, unique_id, key, message, attachment)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, convert_from($12, 'UTF8'), $13)
        RETURNING id
        """;

    /// <summary>Whether a key has a dead letter, in any state: $1 the group, $2 the key.</summary>
    public string IsHeld => $"SELECT EXISTS (SELECT FROM {names.DeadLetters} WHERE group_name = $1 AND key = $2)";

    /// <summary>The next letter of a partition that is to be handled again: $1 the group, $2 partitions, $3 the partition.</summary>
    public string NextResumed => $"""
        SELECT id, at, attempts, source, channel, number, unique_id, key, convert_to(message, 'UTF8'), attachment, event
        FROM {names.DeadLetters}
        WHERE group_name = $1 AND state = 'resumed' AND (((key >> 16) & 65535) # (key & 65535)) % $2 = $3
        ORDER BY id LIMIT 1
        """;

    /// <summary>A resumed letter was handled: $1 the group, $2 its id, $3 its key. Then the events that it has held up follow.</summary>
    public string Settle => $"""
        WITH settled AS (DELETE FROM {names.DeadLetters} WHERE group_name = $1 AND id = $2)
        UPDATE {names.DeadLetters} SET state = 'resumed'
        WHERE group_name = $1 AND key = $3 AND state = 'parked' AND NOT EXISTS (
            SELECT FROM {names.DeadLetters} dead WHERE dead.group_name = $1 AND dead.key = $3 AND dead.state = 'dead' AND dead.id <> $2)
        """;

    /// <summary>
    /// A resumed letter has failed again: $1 the group, $2 its id, $3 its key, $4 the attempts, $5 the error. Those behind it wait again.
    /// </summary>
    public string FailAgain => $"""
        UPDATE {names.DeadLetters} SET
            state = CASE WHEN id = $2 THEN 'dead' ELSE 'parked' END,
            attempts = CASE WHEN id = $2 THEN attempts + $4 ELSE attempts END,
            error = CASE WHEN id = $2 THEN $5 ELSE error END,
            failed_at = CASE WHEN id = $2 THEN clock_timestamp() ELSE failed_at END
        WHERE group_name = $1 AND (id = $2 OR (key = $3 AND state = 'resumed' AND attempts = 0))
        """;

    /// <summary>Stores the error of a letter: $1 the group, $2 its id, $3 the error.</summary>
    public string SetError => $"UPDATE {names.DeadLetters} SET error = $3 WHERE group_name = $1 AND id = $2";

    /// <summary>Lets dead letters be handled again: $1 the group, $2 their ids; null: all that are dead.</summary>
    public string Resume => $"""
        UPDATE {names.DeadLetters} SET state = 'resumed'
        WHERE group_name = $1 AND CASE WHEN $2 IS NULL THEN state = 'dead' ELSE id = ANY ($2) END
        """;
}
