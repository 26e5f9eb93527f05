using EventBus.CompilerServices;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Serialization;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>Journaled events are written in the statement that notifies.</summary>
public sealed class JournalStatementTests(DatabaseFixture database)
{
    private const string Inline = "SELECT message FROM eventbus_journal_events WHERE message IS NOT NULL ORDER BY id, place";
    private const string Names = "SELECT event FROM eventbus_journal_events ORDER BY id, place";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journaled_events_are_rows_with_the_bytes_of_their_notifications()
    {
        const int Events = 700;
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var listener = await Listener.StartAsync(journal.DataSource);
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            // They wait for the connection, so two statements have all of them.
            var post = publisher.Emitter<ILedgerEvents>().Post;
            for (var i = 0; i < Events; i++)
                Assert.True(post.Placed($"o{i % 7}", i));
            await publisher.Emitter<ILedgerEvents>().Closed(Events);
            await publisher.Emitter<ILedgerEvents>().Closed(Events + 1); // a statement of its own
        }

        var notifications = await listener.ReadAsync(Events + 2);
        Assert.Equal(notifications, await journal.ReadAsync<string>(Inline));
        Assert.Equal(
            Enumerable.Range(1, Events + 2).Select(static number => (long)number),
            await journal.ReadAsync<long>("SELECT number FROM eventbus_journal_events ORDER BY id, place"));
        Assert.Equal(
            Enumerable.Range(0, Events).Select(static i => PartitionKey.Of<string, StringFormatter>($"o{i % 7}")),
            await journal.ReadAsync<int>("SELECT key FROM eventbus_journal_events WHERE event = 'placed' ORDER BY id, place"));
        Assert.InRange(await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"), 2, 20);
        Assert.True(await journal.ReadOneAsync<bool>("SELECT bool_and(index IS NULL) FROM eventbus_journal WHERE events = '{placed}'"));
        Assert.True(await journal.ReadOneAsync<bool>("SELECT bool_and(keys IS NULL) FROM eventbus_journal WHERE events = '{closed}'"));
        Assert.Equal(["socket.io#/"], await journal.ReadAsync<string>("SELECT DISTINCT channel FROM eventbus_journal_events"));
    }

    [Fact]
    public async Task Statements_with_both_kinds_write_only_journaled_events()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using var listener = await Listener.StartAsync(journal.DataSource);
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            var post = publisher.Emitter<ILedgerEvents>().Post;
            for (var i = 0; i < 100; i++)
                Assert.True(i % 3 == 0 ? post.Shown(i) : i % 3 == 1 ? post.Placed("é\"", i) : post.Closed(i));
        }

        var notifications = await listener.ReadAsync(100);
        Assert.Equal(
            notifications.Where(static text => !text.Contains("shown", StringComparison.Ordinal)), await journal.ReadAsync<string>(Inline));
        Assert.Equal(
            Enumerable.Range(0, 100).Where(static i => i % 3 > 0).Select(static i => i % 3 == 1 ? "placed" : "closed"),
            await journal.ReadAsync<string>(Names));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attachments_of_journaled_events_are_in_the_row(bool withOthers)
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync(AttachmentTable.CreateSql());
        await using var listener = await Listener.StartAsync(journal.DataSource);
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            var post = publisher.Emitter<ILedgerEvents>().Post;
            for (var i = 0; i < 20; i++)
            {
                Assert.True(post.Filed(i, new byte[i + 1]));
                Assert.True(post.Closed(i));
                Assert.True(!withOthers || (post.Drawn(i, new byte[30]) && post.Shown(i)));
            }
        }

        var notifications = await listener.ReadAsync(withOthers ? 80 : 40);
        Assert.Equal(
            notifications.Where(static text => text.Contains("closed", StringComparison.Ordinal)), await journal.ReadAsync<string>(Inline));
        Assert.Equal(
            await journal.ReadAsync<byte[]>(
                "SELECT payload FROM socket_io_attachments WHERE position('filed'::bytea IN payload) > 0 ORDER BY id"),
            await journal.ReadAsync<byte[]>(
                "SELECT attachment FROM eventbus_journal_events WHERE attachment IS NOT NULL ORDER BY id, place"));
        Assert.Equal(
            Enumerable.Range(0, 40).Select(static i => i % 2 == 0 ? "filed" : "closed"), await journal.ReadAsync<string>(Names));
    }

    [Fact]
    public async Task Journaled_batches_wait_for_the_disk()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync("""
            CREATE TABLE settings (value text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO settings VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
            CREATE TRIGGER note AFTER INSERT ON eventbus_journal FOR EACH ROW EXECUTE FUNCTION note();
            """);
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            await publisher.Emitter<ILedgerEvents>().Filed(1, new byte[100]);
            await publisher.Emitter<ILedgerEvents>().Closed(2);
        }

        Assert.Equal(["on"], await journal.ReadAsync<string>("SELECT DISTINCT value FROM settings"));
        Assert.Equal(2, await journal.ReadOneAsync<long>("SELECT count(*) FROM settings"));
    }

    [Fact]
    public async Task Journal_is_created_by_the_first_journaled_event()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using var publisher = EventBusPublisher.Create(own.DataSource);
        await publisher.Emitter<ILedgerEvents>().Shown(1);
        await publisher.Emitter<ILedgerEvents>().Drawn(2, new byte[100]);
        Assert.False(await ExistsAsync());

        await publisher.Emitter<ILedgerEvents>().Closed(3);
        Assert.True(await ExistsAsync());

        async Task<bool> ExistsAsync()
        {
            await using var command = own.DataSource.CreateCommand("SELECT to_regclass('eventbus_journal') IS NOT NULL");
            return await command.ExecuteScalarAsync(Cancellation) is true;
        }
    }

    [Fact]
    public async Task Server_side_events_are_journaled()
    {
        await using var journal = await JournalDatabase.CreateAsync(database.Server);
        await using (var publisher = EventBusPublisher.Create(journal.DataSource))
        {
            await publisher.ServerSide<ILedgerEvents>().Placed("o1", 1);
            await publisher.ServerSide<ILedgerEvents>().Shown(2);
        }

        Assert.Equal(["placed"], await journal.ReadAsync<string>(Names));
        Assert.Contains("\"type\":9", await journal.ReadOneAsync<string>(Inline), StringComparison.Ordinal);
    }

    /// <summary>Receives the notifications of the main bus namespace as they are.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly List<string> _payloads = [];

        private Listener(NpgsqlConnection connection)
        {
            _connection = connection;
            connection.Notification += (_, notification) => _payloads.Add(notification.Payload);
        }

        public static async Task<Listener> StartAsync(NpgsqlDataSource dataSource)
        {
            var listener = new Listener(await dataSource.OpenConnectionAsync(Cancellation));
            await using var command = new NpgsqlCommand("LISTEN \"socket.io#/\"", listener._connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            return listener;
        }

        public async Task<List<string>> ReadAsync(int count)
        {
            while (_payloads.Count < count)
                await _connection.WaitAsync(Cancellation);
            return _payloads;
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
