using System.Text;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A reader gets each committed event once, however late its transaction commits.</summary>
public sealed class CursorTests(DatabaseFixture database)
{
    private static readonly JournalFilter Filter = new([JournalWriter.Channel]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Interleaved_transactions_are_read_once_each(int seed)
    {
        const int Steps = 3000;
        var random = new Random(seed);
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        List<JournalWriter> writers = [];
        for (var i = 0; i < 6; i++)
            writers.Add(new JournalWriter(await journal.DataSource.OpenConnectionAsync(Cancellation), $"{i:x16}", random));

        // The open transaction of a program that has nothing to do with the bus.
        await using var foreign = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await foreign.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("SELECT pg_current_xact_id()", foreign, transaction))
            await command.ExecuteNonQueryAsync(Cancellation);

        List<JournalEvent> read = [];
        var cursor = JournalCursor.Beginning(1);
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(5) == 0)
                await ReadAsync();
            else
                await writers[random.Next(writers.Count)].StepAsync();
        }

        foreach (var writer in writers)
            await writer.CommitAsync();
        for (var windows = 0; windows < 2;)
            windows += await ReadAsync() ? 1 : 0;

        var identities = read.ConvertAll(static item => item.Identity.ToString());
        Assert.Equal(identities.Count, identities.Distinct().Count());
        Assert.Equal(writers.SelectMany(static writer => writer.Committed).Order(), identities.Order());
        Assert.InRange(read.Count, 500, int.MaxValue);
        Assert.Contains(read, static item => item.Identity.IsTransactional);
        Assert.All(
            read.Where(static item => !item.Identity.IsTransactional).GroupBy(static item => item.Identity.Source),
            static source => Assert.Equal(source.Order(ByNumber), source));
        Assert.All(read, static item => Assert.Equal($"{item.Identity.Number}", Encoding.UTF8.GetString(item.Body.Span)));
        foreach (var writer in writers)
            await writer.DisposeAsync();

        // Reads a small page, and keeps only a part of it, or its cursor as text.
        async Task<bool> ReadAsync()
        {
            var reader = new JournalReader(new JournalNames("eventbus_journal"), isPrepared: random.Next(2) == 0);
            var page = await reader.ReadPageAsync(
                connection, cursor, Filter, new JournalLimits(random.Next(1, 6), random.Next(1, 20)), Cancellation);
            var kept = random.Next(3) == 0 && page.Events.Count > 0 ? random.Next(page.Events.Count) + 1 : page.Events.Count;
            read.AddRange(page.Events.Take(kept));
            var isWhole = kept == page.Events.Count;
            var next = isWhole ? page.Next : page.After(page.Events[kept - 1]);
            cursor = JournalCursor.TryParse(next.ToString())!;
            Assert.Equal(next, cursor);
            return isWhole && page.IsComplete;
        }
    }

    [Fact]
    public async Task Row_with_a_low_id_and_a_later_transaction_is_read()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await InsertAsync(id: 2, number: 1);
        var page = await ReadAsync(JournalCursor.Beginning(1));
        await InsertAsync(id: 1, number: 2);
        var late = await ReadAsync(page.Next);
        Assert.Equal([1L, 2L], page.Events.Concat(late.Events).Select(static item => item.Identity.Number));
        Assert.Empty((await ReadAsync(late.Next)).Events);

        Task InsertAsync(long id, long number) => journal.ExecuteAsync(
            $"INSERT INTO eventbus_journal (id, incarnation, source, channels, events, numbers, messages) "
            + $"VALUES ({id}, 1, 's', '{{{JournalWriter.Channel}}}', '{{placed}}', '{{{number}}}', 'm')");

        Task<JournalPage> ReadAsync(JournalCursor cursor) => new JournalReader(new JournalNames("eventbus_journal"))
            .ReadPageAsync(connection, cursor, Filter, JournalLimits.Default, Cancellation);
    }

    [Fact]
    public async Task Page_ends_at_its_bytes_and_at_the_wanted_events()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await journal.ExecuteAsync("""
            INSERT INTO eventbus_journal (incarnation, source, channels, events, index, numbers, keys, messages, attached, attachments)
            SELECT 1, 's', '{a,a,b}', '{placed,closed,placed}', '{1,2,3}', ARRAY[3 * n, 3 * n + 1, 3 * n + 2], '{7,8,9}',
                repeat('x', 1000) || E'\nshort\nother', '{0,1,0}', ARRAY['\x0102'::bytea]
            FROM generate_series(1, 10) n
            """);
        var reader = new JournalReader(new JournalNames("eventbus_journal"));
        var filter = new JournalFilter(["a"], new HashSet<string> { "closed" });
        var page = await reader.ReadPageAsync(connection, JournalCursor.Beginning(1), filter, new JournalLimits(100, 2500), Cancellation);
        Assert.False(page.IsComplete);
        Assert.Equal([4L, 7L, 10L], page.Events.Select(static item => item.Identity.Number));
        Assert.All(page.Events, static item =>
        {
            Assert.Equal((8, "closed", true), (item.Key, item.Name, item.IsAttached));
            Assert.Equal([1, 2], item.Body.ToArray());
        });

        var rest = await reader.ReadPageAsync(connection, page.Next, filter, JournalLimits.Default, Cancellation);
        Assert.True(rest.IsComplete);
        Assert.Equal([13L, 31L], [rest.Events[0].Identity.Number, rest.Events[^1].Identity.Number]);
    }

    [Fact]
    public async Task Move_to_another_server_loses_nothing()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);

        // Rows whose transaction ids are those of another server, which has run for longer.
        await journal.ExecuteAsync($$"""
            INSERT INTO eventbus_journal (xid, incarnation, source, channels, events, numbers, messages)
            SELECT (1000000000 + n)::text::xid8, 1, 's', '{{{JournalWriter.Channel}}}', '{placed}', ARRAY[n], 'm'
            FROM generate_series(1, 9) n;
            UPDATE eventbus_journal_state SET incarnation = 2;
            INSERT INTO eventbus_journal (incarnation, source, channels, events, numbers, messages)
            SELECT 2, 's', '{{{JournalWriter.Channel}}}', '{placed}', ARRAY[9 + n], 'm' FROM generate_series(1, 3) n;
            """);
        var reader = new JournalReader(new JournalNames("eventbus_journal"));
        List<long> numbers = [];
        var cursor = new JournalCursor(1, "1000000003:1000000003:", High: 2);
        for (var isComplete = false; !isComplete;)
        {
            var page = await reader.ReadPageAsync(connection, cursor, Filter, new JournalLimits(2, 1000), Cancellation);
            numbers.AddRange(page.Events.Select(static item => item.Identity.Number));
            (cursor, isComplete) = (page.Next, page.IsComplete);
        }

        Assert.Equal([3L, 4, 5, 6, 7, 8, 9, 10, 11, 12], numbers);
        Assert.Equal(2, cursor.Incarnation);
    }

    [Theory]
    [InlineData("'{1}', 'one' || chr(10) || 'two'")]
    [InlineData("'{1,2}', 'one'")]
    public async Task Row_that_is_not_valid_is_named(string row)
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await journal.ExecuteAsync("INSERT INTO eventbus_journal (incarnation, source, channels, events, numbers, messages) "
            + $"VALUES (1, 's', '{{{JournalWriter.Channel}}}', '{{placed}}', {row})");
        var reader = new JournalReader(new JournalNames("eventbus_journal"));
        var failure = await Assert.ThrowsAsync<EventSerializationException>(() => reader.ReadPageAsync(
            connection, JournalCursor.Beginning(1), Filter, JournalLimits.Default, Cancellation));
        Assert.Contains("row 1 of the journal", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100:100:", 0, 0)] // All of the partition was read.
    [InlineData("99:99:", 0, 7)]
    [InlineData("100:120:100,110", 0, 0)]
    [InlineData("90:120:90", 0, 7)] // A transaction was open that may have written to it.
    [InlineData("1:1:", 50, 0)] // It was read within the window.
    public async Task Rows_that_the_retention_removed_are_counted(string previous, long row, long missed)
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await journal.ExecuteAsync("INSERT INTO eventbus_journal_drops (partition, ends, incarnation, rows, max_id, max_xid) "
            + "VALUES ('p', now(), 1, 7, 50, '99'), ('of another incarnation', now(), 2, 7, 50, '99')");
        var cursor = new JournalCursor(1, previous, High: 0, "200:200:", 60, JournalPlace.EndOf(row));
        Assert.Equal(
            missed, await new JournalReader(new JournalNames("eventbus_journal")).CountMissedAsync(connection, cursor, Cancellation));
    }

    private static readonly Comparer<JournalEvent> ByNumber =
        Comparer<JournalEvent>.Create(static (x, y) => x.Identity.Number.CompareTo(y.Identity.Number));
}
