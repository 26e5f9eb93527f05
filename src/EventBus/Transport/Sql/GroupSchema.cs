namespace EventBus.Transport.Sql;

/// <summary>The SQL that creates and removes the tables of durable handlers, beside the journal.</summary>
/// <remarks>
/// A cursor is two snapshots and a position. No column that an advance changes has an index, and pages keep room for the new version, so
/// an advance writes to one page.
/// </remarks>
internal sealed class GroupSchema(JournalNames names)
{
    /// <summary>Creates the tables.</summary>
    public string CreateSql => $"""
        CREATE TABLE {names.Groups} (
            name text COLLATE "C" PRIMARY KEY,
            contract text NOT NULL,
            partitions integer NOT NULL CHECK (partitions BETWEEN 1 AND {DurableOptions.MostPartitions}),
            created_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        CREATE TABLE {names.Members} (
            group_name text COLLATE "C" NOT NULL REFERENCES {names.Groups} ON DELETE CASCADE,
            uid text COLLATE "C" NOT NULL,
            joined_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (group_name, uid)
        );
        CREATE TABLE {names.Cursors} (
            group_name text COLLATE "C" NOT NULL REFERENCES {names.Groups} ON DELETE CASCADE,
            partition integer NOT NULL,
            epoch bigint NOT NULL DEFAULT 0,
            owner text COLLATE "C",
            alive_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            is_working boolean NOT NULL DEFAULT false,
            attempts integer NOT NULL DEFAULT 0,
            incarnation integer NOT NULL,
            previous pg_snapshot NOT NULL,
            high bigint NOT NULL,
            target pg_snapshot,
            target_high bigint,
            position bigint NOT NULL DEFAULT 0,
            place integer NOT NULL DEFAULT 0,
            PRIMARY KEY (group_name, partition)
        ) WITH (fillfactor = 50);
        CREATE TABLE {names.DeadLetters} (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            group_name text COLLATE "C" NOT NULL REFERENCES {names.Groups} ON DELETE CASCADE,
            state text NOT NULL DEFAULT 'dead' CHECK (state IN ('dead', 'parked', 'resumed')),
            failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            attempts integer NOT NULL,
            error text NOT NULL,
            at timestamptz NOT NULL,
            source text NOT NULL,
            channel text NOT NULL,
            event text NOT NULL,
            number bigint,
            unique_id text,
            key integer NOT NULL,
            message text,
            attachment bytea
        );
        CREATE INDEX ON {names.DeadLetters} (group_name, key, id);
        CREATE INDEX ON {names.DeadLetters} (group_name, id) WHERE state = 'resumed';
        """;

    /// <summary>Creates the tables unless they exist: an older version may have created the journal without them.</summary>
    public string CreateIfMissingSql => $"DO {SqlText.DollarQuote(CreateIfMissingBody)};";

    /// <summary>Removes the tables.</summary>
    public string DropSql => $"""
        DROP TABLE IF EXISTS {names.DeadLetters};
        DROP TABLE IF EXISTS {names.Cursors};
        DROP TABLE IF EXISTS {names.Members};
        DROP TABLE IF EXISTS {names.Groups};
        """;

    private string CreateIfMissingBody => $"""
        BEGIN
            PERFORM {JournalSchema.Lock};
            IF to_regclass({SqlText.Quote(names.Groups)}) IS NULL THEN
        {CreateSql}
            END IF;
        END
        """;
}
