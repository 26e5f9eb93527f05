using System.Globalization;

namespace EventBus.Transport.Sql;

/// <summary>The SQL that makes the partitions of the journal ahead, and removes the old ones.</summary>
internal sealed class JournalPartitions(JournalNames names, TimeSpan retention)
{
    /// <summary>The number of partitions in the time that rows are kept.</summary>
    private const int Parts = 12;

    /// <summary>The number of removed partitions that are remembered.</summary>
    private const int KeptDrops = 1000;

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastAhead = TimeSpan.FromHours(1);

    /// <summary>The time from now on for which there are partitions after the statement.</summary>
    private TimeSpan Ahead => 2 * Length > LeastAhead ? 2 * Length : LeastAhead;

    private TimeSpan Length { get; } = LengthOf(retention);

    /// <summary>
    /// Makes the missing partitions from now on, removes those whose rows are all too old, and gives the journal a new incarnation if it
    /// was moved to another server. One statement, for its owner; doing it again changes nothing.
    /// </summary>
    /// <remarks>
    /// <para>A partition is created alone and then attached: publishers go on meanwhile, while <c>PARTITION OF</c> would lock the journal.
    /// The bounds are read from the catalogue, so that partitions of another length, or a gap, are completed.</para>
    /// <para>Removing a partition locks the journal for a moment. If a transaction that has written to it is open, the removal would make
    /// all publishers wait, so it is left to the next time.</para>
    /// </remarks>
    public string Sql => $"DO {SqlText.DollarQuote(Body)};";

    private string Body => $"""
        DECLARE
            journal CONSTANT regclass := {SqlText.Quote(names.Table)};
            length CONSTANT interval := {Interval(Length)};
            covered timestamptz := clock_timestamp();
            goal CONSTANT timestamptz := covered + {Interval(Ahead)};
            aligned timestamptz;
            patience CONSTANT text := current_setting('lock_timeout');
            style CONSTANT text := current_setting('DateStyle');
            zone CONSTANT text := current_setting('TimeZone');
            here record;
            part record;
            last record;
            reader text;
        BEGIN
            PERFORM {JournalSchema.Lock};
            -- The bounds of partitions are read as texts. In other styles they have names of time zones, which are ambiguous.
            PERFORM set_config('DateStyle', 'ISO', true), set_config('TimeZone', 'UTC', true);
            {SqlText.Indent(IncarnationSql, 4)}
            SELECT relname AS name, relnamespace::regnamespace AS schema, relowner::regrole AS owner INTO here
            FROM pg_class WHERE oid = journal;
            WHILE covered < goal LOOP
                aligned := to_timestamp(floor(extract(epoch FROM covered) / extract(epoch FROM length)) * extract(epoch FROM length));
                SELECT max(p.ends) FILTER (WHERE p.begins <= covered AND covered < p.ends) AS present,
                    greatest(aligned, max(p.ends) FILTER (WHERE p.ends <= covered)) AS begins,
                    least(aligned + length, min(p.begins) FILTER (WHERE covered < p.begins)) AS ends
                INTO part FROM ({PartitionsSql}) p;
                IF part.present IS NULL THEN
                    EXECUTE format('CREATE TABLE %1$s.%2$I (LIKE %3$s INCLUDING ALL EXCLUDING IDENTITY); '
                        'ALTER TABLE %1$s.%2$I OWNER TO %6$s; '
                        'ALTER TABLE %3$s ATTACH PARTITION %1$s.%2$I FOR VALUES FROM (%4$L) TO (%5$L)', here.schema,
                        here.name || to_char(part.begins AT TIME ZONE 'UTC', '_YYYYMMDDHH24MI'), journal, part.begins, part.ends,
                        here.owner);
                END IF;
                covered := coalesce(part.present, part.ends);
            END LOOP;
            {SqlText.Indent(RetentionSql, 4)}
            PERFORM set_config('DateStyle', style, true), set_config('TimeZone', zone, true);
        END
        """;

    // A dump or logical replication gives the rows to a server whose transactions have other ids, and may leave the sequence behind.
    private string IncarnationSql => $"""
        IF has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') THEN
            UPDATE {names.State} s
            SET incarnation = s.incarnation + (s.system_identifier IS NOT NULL)::integer, system_identifier = c.system_identifier
            FROM pg_control_system() c WHERE s.system_identifier IS DISTINCT FROM c.system_identifier;
            IF FOUND THEN
                PERFORM setval(seq, greatest((SELECT max(id) FROM {names.Table}), nextval(seq)))
                FROM CAST(pg_get_serial_sequence(journal::text, 'id') AS regclass) seq WHERE EXISTS (SELECT FROM {names.Table});
            END IF;
        END IF;
        """;

    // A partition without a bound, or a default one, that somebody has attached by hand, is not removed. No partition is scanned: the
    // indexes have the greatest values, and the ids bound the number of rows. A removal that fails must not undo the new partitions. If a
    // group of durable handlers has not handled all rows of a partition, this one and the later ones stay.
    private string RetentionSql => retention == Timeout.InfiniteTimeSpan
        ? ""
        : $"""
        FOR part IN SELECT p.* FROM ({PartitionsSql}) p WHERE p.ends < clock_timestamp() - {Interval(retention)} ORDER BY p.ends LOOP
            BEGIN
                IF to_regclass({SqlText.Quote(names.Cursors)}) IS NOT NULL THEN
                    EXECUTE format({SqlText.Quote(NeededBySql)}, part.name) INTO reader;
                    IF reader IS NOT NULL THEN
                        RAISE WARNING 'The partition % is kept, because the group % has not handled it.', part.name, reader;
                        EXIT;
                    END IF;
                END IF;
                EXECUTE format('SELECT id, incarnation, id - (SELECT min(id) FROM %1$s) + 1 AS rows, '
                    '(SELECT xid FROM %1$s ORDER BY xid DESC LIMIT 1) AS xid FROM %1$s ORDER BY id DESC LIMIT 1', part.name) INTO last;
                SET LOCAL lock_timeout = '50ms';
                EXECUTE format('LOCK TABLE ONLY %s IN ACCESS EXCLUSIVE MODE', journal);
                IF last.id IS NOT NULL THEN
                    INSERT INTO {names.Drops} (partition, ends, incarnation, rows, max_id, max_xid)
                    VALUES (part.name, part.ends, last.incarnation, last.rows, last.id, last.xid);
                END IF;
                EXECUTE format('DROP TABLE %s', part.name);
                PERFORM set_config('lock_timeout', patience, true);
            EXCEPTION WHEN OTHERS THEN
                RAISE WARNING 'The partition % is removed later, because it cannot be removed now: %', part.name, SQLERRM;
                EXIT;
            END;
        END LOOP;
        DELETE FROM {names.Drops} WHERE dropped_at <= (
            SELECT dropped_at FROM {names.Drops} ORDER BY dropped_at DESC OFFSET {KeptDrops} LIMIT 1);
        """;

    // The same rows as those of a reader's window. One probe of an index for each cursor.
    private string NeededBySql => $"""
        SELECT c.group_name FROM {names.Cursors.Replace("%", "%%", StringComparison.Ordinal)} c WHERE EXISTS (
            SELECT FROM %s r WHERE r.incarnation > c.incarnation OR (r.incarnation = c.incarnation AND (
                r.xid >= pg_snapshot_xmax(c.previous) OR r.xid = ANY (ARRAY(SELECT pg_snapshot_xip(c.previous)))))) LIMIT 1
        """;

    /// <summary>The partitions, for a statement in which <c>journal</c> is the table: name, begins, ends.</summary>
    internal const string PartitionsSql = """
        SELECT c.oid::regclass AS name,
            coalesce(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''([^'']*)''')::timestamptz, '-infinity') AS begins,
            coalesce(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']*)''')::timestamptz, 'infinity') AS ends
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = journal
        """;

    /// <summary>The time of one partition: whole minutes, because its name has no seconds.</summary>
    public static TimeSpan LengthOf(TimeSpan retention)
    {
        if (retention == Timeout.InfiniteTimeSpan)
            return Longest;
        var minutes = TimeSpan.FromMinutes(Math.Floor((retention / Parts).TotalMinutes));
        return minutes < Shortest ? Shortest : minutes > Longest ? Longest : minutes;
    }

    private static string Interval(TimeSpan time) =>
        $"interval '{((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s'";
}
