namespace EventBus.Transport.Sql;

/// <summary>The statements that read the journal.</summary>
internal sealed class JournalReadSql(JournalNames names)
{
    /// <summary>The columns of a row, in the order in which they are read.</summary>
    private const string Columns =
        "id, at, source, channels, events, index, numbers, ids, keys, attached, messages, attachments";

    /// <summary>
    /// Reads a page of a window. The first row has the state of the journal, and exists always. Parameters: 1 the previous snapshot, 2 its
    /// greatest id, 3 the target snapshot or null, 4 the id from which on rows are read, 5 the number of ids that are looked at, 6 the
    /// channels, 7 the incarnation, 8 the most rows, 9 the most bytes.
    /// </summary>
    /// <remarks>
    /// <para>A row that was committed late has an id up to that of the previous snapshot. Such rows are found by the id of their
    /// transaction, which was open, or had begun but is not in the snapshot. All others are found by their id. The two parts
    /// have different forms of the same condition, so that the planner has only the right index: a generic plan knows no value. For the
    /// same reason a sum hides the ids of late rows from their index.</para>
    /// <para>Without a target, the snapshot of the statement is the target, and sees the rows. A value that is not sent is not
    /// decompressed, so that the rows behind the most bytes cost little.</para>
    /// </remarks>
    public string Page => $"""
        WITH state AS MATERIALIZED (
            SELECT pg_current_snapshot() AS snapshot, coalesce((SELECT max(id) FROM {names.Table}), 0) AS high,
                coalesce((SELECT incarnation FROM {names.State}), $7) AS incarnation,
                greatest($2, $4 - 1, coalesce((SELECT min(id) FROM {names.Table}) - 1, 0)) + $5 AS last,
                CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END AS timeline,
                CASE WHEN NOT pg_is_in_recovery() THEN (pg_current_wal_insert_lsn() - '0/0')::bigint END AS inserted,
                CASE WHEN NOT pg_is_in_recovery() THEN (pg_current_wal_flush_lsn() - '0/0')::bigint END AS flushed),
        late AS MATERIALIZED (
            (SELECT {Columns} FROM {names.Table}
             WHERE $4 <= $2 AND xid >= pg_snapshot_xmax($1::pg_snapshot) AND xid < '9223372036854775807'::xid8
                 AND id + 0 >= $4 AND id + 0 <= $2 AND {Condition})
            UNION ALL
            SELECT {Columns} FROM pg_snapshot_xip($1::pg_snapshot) open, LATERAL (
                SELECT {Columns} FROM {names.Table} WHERE $4 <= $2 AND xid = open AND {LateCondition} OFFSET 0) rows_of_open),
        page AS (
            SELECT *, coalesce(sum(bytes) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
            FROM (
                SELECT *, octet_length(messages) + coalesce(pg_column_size(attachments), 0) AS bytes
                FROM (
                    (SELECT {Columns} FROM late ORDER BY id LIMIT $8)
                    UNION ALL
                    (SELECT {Columns} FROM {names.Table}
                     WHERE id > $2 AND id >= $4 AND id <= (SELECT last FROM state)
                         AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot) AND {Condition}
                     ORDER BY id LIMIT $8)) both_parts
                ORDER BY id LIMIT $8) sized)
        SELECT {Columns}, bytes::bigint, CASE WHEN coalesce(before, 0) = 0 THEN snapshot::text END, high, incarnation, last,
            timeline, inserted, flushed
        FROM state LEFT JOIN LATERAL (SELECT * FROM page WHERE before < $9) wanted ON true ORDER BY id
        """;

    /// <summary>
    /// The first row of the partition with the events of a time, its incarnation, the present one, the snapshot and its greatest id, and
    /// the timeline; null on a standby. 1 is the time.
    /// </summary>
    /// <remarks>
    /// No index has the times of rows, so the partition is found by its bounds. All its rows fit, so the first one ends the scan.
    /// </remarks>
    public string Start => $"""
        WITH part AS MATERIALIZED (
            SELECT coalesce(max(begins), '-infinity') AS begins
            FROM (SELECT {SqlText.Quote(names.Table)}::regclass AS journal) of_journal, LATERAL ({JournalPartitions.PartitionsSql}) p
            WHERE begins <= $1)
        SELECT coalesce(first.id, high.id + 1), coalesce(first.incarnation, present.incarnation), present.incarnation,
            pg_current_snapshot()::text, high.id,
            CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) END
        FROM (SELECT coalesce(max(id), 0) AS id FROM {names.Table}) high
        CROSS JOIN (SELECT coalesce((SELECT incarnation FROM {names.State}), 0) AS incarnation) present
        LEFT JOIN (
            SELECT id, incarnation FROM {names.Table} WHERE at >= (SELECT begins FROM part) ORDER BY id LIMIT 1) first ON true
        """;

    /// <summary>
    /// The greatest number of rows that the retention has removed behind a cursor. Parameters: 1 the incarnation, 2 the previous snapshot,
    /// 3 the row up to which the window is read.
    /// </summary>
    public string Missed => $"""
        SELECT coalesce(sum(rows), 0)::bigint FROM {names.Drops}
        WHERE incarnation = $1 AND max_xid >= pg_snapshot_xmin($2::pg_snapshot) AND max_id > $3
        """;

    /// <summary>
    /// Waits until the WAL is on the disk, so that no crash can undo a transaction that a snapshot has seen, and give its id to another.
    /// </summary>
    /// <remarks>A role or a database may have switched the wait off.</remarks>
    public const string Flush = "SELECT set_config('synchronous_commit', 'on', true), pg_logical_emit_message(true, 'eventbus', '')";

    private static string Condition =>
        "incarnation = $7 AND channels && $6 AND ($3::pg_snapshot IS NULL OR pg_visible_in_snapshot(xid, $3::pg_snapshot))";

    private static string LateCondition => $"id >= $4 AND id <= $2 AND {Condition}";
}
