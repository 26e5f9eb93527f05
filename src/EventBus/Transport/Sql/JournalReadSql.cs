namespace EventBus.Transport.Sql;

/// <summary>The statements that read the journal.</summary>
internal sealed class JournalReadSql(JournalNames names)
{
    /// <summary>The columns of a row, in the order in which they are read.</summary>
    private const string Columns =
        "id, at, source, channels, events, index, numbers, ids, keys, attached, messages, attachments";

    /// <summary>
    /// Reads a page of a window. The first row has the state of the journal, and exists always. Parameters: 1 the previous snapshot, 2 its
    /// greatest id, 3 the target snapshot or null, 4 the id from which on rows are read, 5 the last id that is looked at, 6 the channels,
    /// 7 the incarnation, 8 the most rows, 9 the most bytes.
    /// </summary>
    /// <remarks>
    /// <para>A row that was committed late has an id up to that of the previous snapshot. Such rows are found by the id of their
    /// transaction: one that was open, or one that had begun but is not in the snapshot. All others are found by their id. The two parts
    /// have different forms of the same condition, so that the planner has only the right index: a generic plan knows no value.</para>
    /// <para>Without a target, the snapshot of the statement is the target, and sees the rows. A value that is not sent is not
    /// decompressed, so that the rows behind the most bytes cost little.</para>
    /// </remarks>
    public string Page => $"""
        WITH late AS MATERIALIZED (
            SELECT {Columns} FROM {names.Table}
            WHERE $4 <= $2 AND xid >= pg_snapshot_xmax($1::pg_snapshot) AND xid < '9223372036854775807'::xid8 AND {LateCondition}
            UNION ALL
            SELECT {Columns} FROM {names.Table}
            WHERE $4 <= $2 AND xid = ANY (ARRAY(SELECT pg_snapshot_xip($1::pg_snapshot))) AND {LateCondition}),
        page AS (
            SELECT *, coalesce(sum(bytes) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
            FROM (
                SELECT *, octet_length(messages) + coalesce(pg_column_size(attachments), 0) AS bytes
                FROM (
                    (SELECT {Columns} FROM late ORDER BY id LIMIT $8)
                    UNION ALL
                    (SELECT {Columns} FROM {names.Table}
                     WHERE id > $2 AND id >= $4 AND id <= $5 AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot) AND {Condition}
                     ORDER BY id LIMIT $8)) both_parts
                ORDER BY id LIMIT $8) sized)
        SELECT {Columns}, bytes::bigint, CASE WHEN coalesce(before, 0) = 0 THEN snapshot::text END, high, incarnation
        FROM (
            SELECT pg_current_snapshot() AS snapshot, coalesce((SELECT max(id) FROM {names.Table}), 0) AS high,
                coalesce((SELECT incarnation FROM {names.State}), $7) AS incarnation) state
            LEFT JOIN LATERAL (SELECT * FROM page WHERE before < $9) wanted ON true
        """;

    /// <summary>The first row that may have an event of a time or later: no row before it has one. 1 is the time.</summary>
    public string FirstRow => $"SELECT min(id) FROM {names.Table} WHERE at >= $1";

    private static string Condition =>
        "incarnation = $7 AND channels && $6 AND ($3::pg_snapshot IS NULL OR pg_visible_in_snapshot(xid, $3::pg_snapshot))";

    // The sum keeps the planner from the index of ids.
    private static string LateCondition => $"id + 0 >= $4 AND id + 0 <= $2 AND {Condition}";
}
