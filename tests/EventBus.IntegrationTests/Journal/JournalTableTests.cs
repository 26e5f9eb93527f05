using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>The tables of the journal, and its partitions.</summary>
public sealed class JournalTableTests(DatabaseFixture database)
{
    private const string Insert =
        "INSERT INTO eventbus_journal (incarnation, source, channels, events, numbers, messages) "
        + "VALUES (1, 's', '{c}', '{e}', '{1}', '{}')";

    // The time that the partitions after one another cover, and their number.
    private const string Partitions = """
        SELECT format('%s of %s from %s to %s', count(*), sum(ends - begins), min(begins), max(ends)) FROM (
            SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''([^'']*)''')::timestamptz AS begins,
                substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']*)''')::timestamptz AS ends
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'eventbus_journal'::regclass) p
        """;

    private const string Covers = """
        SELECT min(begins) <= clock_timestamp() AND max(ends) >= clock_timestamp() + interval '{0}'
            AND max(ends) - min(begins) = sum(ends - begins) FROM (
            SELECT substring(pg_get_expr(c.relpartbound, c.oid) FROM 'FROM \(''([^'']*)''')::timestamptz AS begins,
                substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']*)''')::timestamptz AS ends
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'eventbus_journal'::regclass) p
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateSql_makes_a_journal_that_takes_rows_now_and_for_two_lengths()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync(Insert);
        Assert.Equal([1L], await journal.ReadAsync<long>("SELECT id FROM eventbus_journal"));
        Assert.True(await journal.ReadOneAsync<bool>("SELECT xid < pg_current_xact_id() AND at < clock_timestamp() FROM eventbus_journal"));
        Assert.True(await journal.ReadOneAsync<bool>(Covers.Replace("{0}", "4 hours", StringComparison.Ordinal)));
        Assert.Equal(0, await journal.ReadOneAsync<long>("SELECT count(*) FROM ONLY eventbus_journal"));
    }

    [Fact]
    public async Task Values_are_compressed_by_lz4_or_not_at_all()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var storage = await journal.ReadAsync<string>("""
            SELECT DISTINCT to_jsonb(a)->>'attcompression' || attstorage::text FROM pg_inherits JOIN pg_attribute a ON attrelid = inhrelid
            WHERE inhparent = 'eventbus_journal'::regclass
                AND attname IN ('index', 'numbers', 'ids', 'keys', 'messages', 'attached', 'attachments')
            """);
        Assert.Contains(Assert.Single(storage), (string[])["lx", "e"]);
    }

    [Fact]
    public async Task Events_are_rows_of_the_view()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync("""
            INSERT INTO eventbus_journal
                (incarnation, source, channels, events, index, numbers, keys, messages, attached, attachments)
            VALUES (1, 's', '{c1,c2}', '{e1,e2}', '{2,1,2}', '{7,8,9}', '{0,5,-6}', E'm7\nhead\nm9', '{0,1,0}', ARRAY['\xab'::bytea]);
            INSERT INTO eventbus_journal (incarnation, source, channels, events, ids, messages) VALUES (1, 's', '{c}', '{e}', '{-2}', 'm')
            """);
        Assert.Equal(
            [
                "(1,1,7,,c2,e2,0,m7,)", "(1,2,8,,c1,e1,5,,\"\\\\xab\")", "(1,3,9,,c2,e2,-6,m9,)", "(2,1,,fffffffffffffffe,c,e,,m,)",
            ],
            await journal.ReadAsync<string>(
                "SELECT (id, place, number, unique_id, channel, event, key, message, attachment)::text "
                + "FROM eventbus_journal_events ORDER BY 1"));
    }

    [Fact]
    public async Task MaintainSql_changes_nothing_if_it_runs_again()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        var partitions = await journal.ReadOneAsync<string>(Partitions);
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        Assert.Equal(partitions, await journal.ReadOneAsync<string>(Partitions));
    }

    /// <summary>Partitions never overlap, and leave no gap, if their length changes or one is missing.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE ' || min(inhrelid::regclass::text) FROM pg_inherits "
        + "WHERE inhparent = 'eventbus_journal'::regclass); END $$")]
    [InlineData("DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE ' || max(inhrelid::regclass::text) FROM pg_inherits "
        + "WHERE inhparent = 'eventbus_journal'::regclass); END $$")]
    [InlineData("SET TimeZone = 'Asia/Kathmandu'; SET DateStyle = 'SQL, DMY'")]
    [InlineData("SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'SQL, DMY'")] // IST, which PostgreSQL reads as Israel's
    public async Task MaintainSql_completes_the_partitions_of_another_retention(string change)
    {
        await using var journal = await JournalDatabase.CreateAsync(
            database.Server, new EventBusOptions { JournalRetention = TimeSpan.FromMinutes(500) });
        foreach (var retention in (TimeSpan[])[TimeSpan.FromDays(3), TimeSpan.FromMinutes(10), TimeSpan.FromDays(300)])
        {
            var sql = JournalTables.MaintainSql(new EventBusOptions { JournalRetention = retention });
            await journal.ExecuteAsync($"{change}; {sql}");
            Assert.True(await journal.ReadOneAsync<bool>(Covers.Replace("{0}", "1 hour", StringComparison.Ordinal)));
            await journal.ExecuteAsync(Insert);
        }

        Assert.True(await journal.ReadOneAsync<bool>(Covers.Replace("{0}", "1 day", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task MaintainSql_does_not_wait_for_transactions_that_write()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var insert = new NpgsqlCommand(Insert, connection))
            await insert.ExecuteNonQueryAsync(Cancellation);

        var later = JournalTables.MaintainSql(new EventBusOptions { JournalRetention = TimeSpan.FromDays(30) });
        await journal.ExecuteAsync($"SET lock_timeout = '10s'; {later}; RESET lock_timeout");
        Assert.True(await journal.ReadOneAsync<bool>(Covers.Replace("{0}", "2 days", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task MaintainSql_removes_old_partitions_and_remembers_them()
    {
        await using var journal = await WithOldRowsAsync();
        await journal.ExecuteAsync($"SET lock_timeout = '7s'; {JournalTables.MaintainSql()}");
        Assert.Equal([3L], await journal.ReadAsync<long>("SELECT id FROM eventbus_journal"));
        Assert.Equal(
            ["(eventbus_journal_old,1,2,2)"],
            await journal.ReadAsync<string>("SELECT (partition, incarnation, rows, max_id)::text FROM eventbus_journal_drops"));
        Assert.True(await journal.ReadOneAsync<bool>("SELECT max_xid < pg_current_xact_id() FROM eventbus_journal_drops"));
    }

    [Fact]
    public async Task MaintainSql_makes_partitions_although_an_old_one_cannot_be_removed()
    {
        await using var journal = await WithOldRowsAsync();
        var before = await journal.ReadOneAsync<string>(Partitions);
        await journal.ExecuteAsync("CREATE VIEW dependent AS SELECT id FROM eventbus_journal_old");
        await journal.ExecuteAsync(JournalTables.MaintainSql(new EventBusOptions { JournalRetention = TimeSpan.FromHours(36) }));
        Assert.NotEqual(before, await journal.ReadOneAsync<string>(Partitions));
        Assert.Equal(3, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
    }

    [Fact]
    public async Task MaintainSql_keeps_everything_if_the_retention_is_infinite()
    {
        await using var journal = await WithOldRowsAsync();
        await journal.ExecuteAsync(JournalTables.MaintainSql(new EventBusOptions { JournalRetention = Timeout.InfiniteTimeSpan }));
        Assert.Equal(3, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
    }

    [Fact]
    public async Task MaintainSql_leaves_old_partitions_while_a_writing_transaction_is_open()
    {
        await using var journal = await WithOldRowsAsync();
        await using (var connection = await journal.DataSource.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using (var insert = new NpgsqlCommand(Insert, connection))
                await insert.ExecuteNonQueryAsync(Cancellation);
            await journal.ExecuteAsync(JournalTables.MaintainSql());
            Assert.Equal(3, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
        }

        await journal.ExecuteAsync(JournalTables.MaintainSql());
        Assert.Equal(1, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
    }

    [Fact]
    public async Task MaintainSql_keeps_the_partitions_that_a_group_has_not_handled()
    {
        await using var journal = await WithOldRowsAsync();
        var tables = new GroupTables(journal.DataSource, new JournalNames("eventbus_journal"), "work");
        await tables.FoundAsync("contract", 2, fromOldest: true, Cancellation);
        await journal.ExecuteAsync("UPDATE eventbus_journal_cursors SET previous = pg_current_snapshot() WHERE partition = 0");
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        Assert.Equal(3, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));

        await journal.ExecuteAsync("UPDATE eventbus_journal_cursors SET previous = pg_current_snapshot()");
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        Assert.Equal(1, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
    }

    [Fact]
    public async Task MaintainSql_after_a_move_to_another_server_begins_an_incarnation()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        Assert.Equal(1, await journal.ReadOneAsync<int>("SELECT incarnation FROM eventbus_journal_state"));
        await journal.ExecuteAsync("INSERT INTO eventbus_journal (id, incarnation, source, channels, events, numbers, messages) "
            + "VALUES (70, 1, 's', '{c}', '{e}', '{1}', '{}'); UPDATE eventbus_journal_state SET system_identifier = 5");
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        await journal.ExecuteAsync(JournalTables.MaintainSql());
        Assert.Equal(2, await journal.ReadOneAsync<int>("SELECT incarnation FROM eventbus_journal_state"));
        await journal.ExecuteAsync(Insert);
        Assert.Equal(71, await journal.ReadOneAsync<long>("SELECT max(id) FROM eventbus_journal"));
    }

    [Theory]
    [InlineData("eventbus_journal")]
    [InlineData("public.we\"ird 'name$emit$\\")]
    public async Task CreateIfMissingSql_creates_a_journal_once(string name)
    {
        var options = new EventBusOptions { JournalTable = name };
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => own.ExecuteInsideAsync(JournalTables.CreateIfMissingSql(options))));
        await own.ExecuteInsideAsync(JournalTables.MaintainSql(options));
        await own.ExecuteInsideAsync(JournalTables.DropSql(options));
        await using var left = own.DataSource.CreateCommand("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace");
        Assert.Equal(0L, await left.ExecuteScalarAsync(Cancellation));
    }

    /// <summary>A journal with two rows that are two days old, and one of now.</summary>
    private async Task<JournalDatabase> WithOldRowsAsync()
    {
        var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync($"""
            DO $$ BEGIN EXECUTE format('CREATE TABLE eventbus_journal_old PARTITION OF eventbus_journal FOR VALUES FROM (%L) TO (%L)',
                now() - interval '50 hours', now() - interval '46 hours'); END $$;
            INSERT INTO eventbus_journal (at, incarnation, source, channels, events, numbers, messages)
            SELECT now() - interval '2 days', 1, 's', '{"{c}"}', '{"{e}"}', '{"{1}"}', '' FROM generate_series(1, 2);
            {Insert}
            """);
        return journal;
    }
}
