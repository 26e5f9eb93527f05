namespace EventBus.Transport.Sql;

/// <summary>The statements that show and change groups from outside of them.</summary>
internal sealed class GroupAdminSql(JournalNames names)
{
    /// <summary>All partitions of all groups.</summary>
    public string Partitions => $"""
        SELECT c.group_name, c.partition, c.owner, c.alive_at, c.epoch, c.attempts, coalesce(d.letters, 0)
        FROM {names.Cursors} c
            LEFT JOIN (SELECT group_name, count(*) AS letters FROM {names.DeadLetters} GROUP BY group_name) d USING (group_name)
        ORDER BY c.group_name, c.partition
        """;

    /// <summary>Dead letters: $1 the group, $2 the id after which they begin, $3 their greatest number.</summary>
    public string Letters => $"""
        SELECT id, state, source, channel, number, unique_id, event, at, failed_at, attempts, error
        FROM {names.DeadLetters} WHERE group_name = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    /// <inheritdoc cref="GroupSql.Resume"/>
    public string Resume => new GroupSql(names).Resume;

    /// <summary>Removes a dead letter: $1 the group, $2 its id. The events that it has held up follow.</summary>
    public string Discard => $"""
        WITH discarded AS (DELETE FROM {names.DeadLetters} WHERE group_name = $1 AND id = $2 RETURNING key),
        freed AS (
            UPDATE {names.DeadLetters} SET state = 'resumed'
            WHERE group_name = $1 AND id <> $2 AND state = 'parked' AND key = (SELECT key FROM discarded) AND NOT EXISTS (
                SELECT FROM {names.DeadLetters} dead
                WHERE dead.group_name = $1 AND dead.key = (SELECT key FROM discarded) AND dead.state = 'dead' AND dead.id <> $2))
        SELECT EXISTS (SELECT FROM discarded)
        """;

    /// <summary>Removes a group: $1 its name.</summary>
    public string Remove => $"DELETE FROM {names.Groups} WHERE name = $1";
}
