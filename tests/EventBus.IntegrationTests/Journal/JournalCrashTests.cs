using System.Globalization;
using EventBus.Hosting;
using EventBus.IntegrationTests.Faults;
using EventBus.Testing;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>
/// After a crash, PostgreSQL gives the ids of transactions that were not on the disk to new ones. A cursor must not call those read.
/// </summary>
public sealed class JournalCrashTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("on")]
    [InlineData("off")]
    public async Task Cursor_in_the_database_survives(string synchronousCommit)
    {
        await using var journal = await CreateAsync();
        await journal.ExecuteAsync("CREATE TABLE cursors (cursor text); INSERT INTO cursors VALUES ('')");
        var filter = new JournalFilter([JournalWriter.Channel]);
        var reader = new JournalReader(new JournalNames("eventbus_journal"));
        var cursor = JournalCursor.Beginning(1);
        List<long> read = [];
        for (var round = 0; round < 3; round++)
        {
            await WriteAsync(journal, round * 100);
            await LoseTransactionsAsync(journal);
            await ReadAsync();
            await journal.ExecuteAsync($"SET synchronous_commit = {synchronousCommit}; UPDATE cursors SET cursor = '{cursor}'");
            await CrashAsync(journal);
            var restored = await journal.ReadOneAsync<string>("SELECT cursor FROM cursors");
            cursor = restored.Length == 0 ? JournalCursor.Beginning(1) : JournalCursor.TryParse(restored)!;

            // What was read after the restored cursor is read again: the transaction of its handler is lost as well.
            await WriteAsync(journal, (round * 100) + 50);
            await ReadAsync();
        }

        var written = await journal.ReadAsync<long>("SELECT number FROM eventbus_journal_events ORDER BY 1");
        Assert.Equal(written, read.Distinct().Order());
        if (synchronousCommit == "on")
            Assert.Equal(written.Count, read.Count);

        async Task ReadAsync()
        {
            await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
            for (var isComplete = false; !isComplete;)
            {
                var page = await reader.ReadPageAsync(connection, cursor, filter, JournalLimits.Default, Cancellation);
                read.AddRange(page.Events.Select(static item => item.Identity.Number));
                (cursor, isComplete) = (page.Next, page.IsComplete);
            }
        }
    }

    [Fact]
    public async Task Position_of_a_replay_survives()
    {
        await using var journal = await CreateAsync();
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await publisher.Emitter<ILedgerEvents>().Closed(1);
        await LoseTransactionsAsync(journal);

        JournalPosition last = default;
        await using (var bus = await EventBusNode.StartAsync(journal.DataSource, cancellationToken: Cancellation))
        {
            await LoseTransactionsAsync(journal);
            var seen = await journal.ReadOneAsync<string>("SELECT pg_current_wal_insert_lsn()::text");
            await foreach (var item in bus.Replay<ILedgerEvents>(DateTimeOffset.MinValue, Cancellation))
                last = item.Position;
            Assert.True(await journal.ReadOneAsync<bool>($"SELECT pg_current_wal_flush_lsn() >= '{seen}'::pg_lsn"));
            await CrashAsync(journal);
        }

        await using var after = EventBusPublisher.Create(journal.DataSource);
        for (var number = 2; number < 20; number++)
            await after.Emitter<ILedgerEvents>().Closed(number);
        await using var again = await EventBusNode.StartAsync(journal.DataSource, cancellationToken: Cancellation);
        List<string> replayed = [];
        await foreach (var item in again.Replay<ILedgerEvents>(JournalPosition.Parse(last.ToString()), Cancellation))
            replayed.Add(item.Identity.Source);
        Assert.Equal(18, replayed.Count);
    }

    private async Task<JournalDatabase> CreateAsync()
    {
        var journal = await JournalDatabase.CreateAsync(fixture.Server);

        // Then nothing but a commit that waits for the disk writes the WAL.
        await journal.ExecuteAsync("ALTER SYSTEM SET wal_writer_delay = '10s'");
        await journal.ExecuteAsync("SELECT pg_reload_conf()");
        return journal;
    }

    private static Task WriteAsync(JournalDatabase journal, int first) => journal.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        DO $do$ BEGIN FOR n IN {first} .. {first + 9} LOOP
            INSERT INTO eventbus_journal (incarnation, source, channels, events, numbers, messages)
            VALUES (1, 's', ARRAY['{JournalWriter.Channel}'], ARRAY['placed'], ARRAY[n], 'm');
            COMMIT;
        END LOOP; END $do$
        """));

    // Like the heartbeats of a node: they have ids, and do not wait for the disk.
    private static Task LoseTransactionsAsync(JournalDatabase journal) => journal.ExecuteAsync("""
        DO $do$ BEGIN FOR n IN 1 .. 40 LOOP
            SET LOCAL synchronous_commit = off;
            PERFORM pg_current_xact_id();
            COMMIT;
        END LOOP; END $do$
        """);

    private async Task CrashAsync(JournalDatabase journal)
    {
        await fixture.Server.RestartAsync(ServerStop.Immediate, Cancellation);
        journal.DataSource.Clear();
    }
}
