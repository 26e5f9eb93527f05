using EventBus.CompilerServices;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Serialization;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A journaled event in a caller's transaction is a row of that transaction.</summary>
public sealed class OutboxTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Within_rows_commit_with_the_rows_of_the_caller()
    {
        await using var journal = await CreateAsync();
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        for (var order = 1; order <= 4; order++)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await ExecuteAsync(connection, $"INSERT INTO orders VALUES ({order}, pg_current_xact_id())");
            await publisher.Emitter<ILedgerEvents>().Within(transaction).Placed($"o{order}", order);
            if (order % 2 == 0)
                await transaction.RollbackAsync(Cancellation);
            else
                await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal([1, 3], await journal.ReadAsync<int>("SELECT id FROM orders ORDER BY 1"));
        Assert.Equal(
            [PartitionKey.Of<string, StringFormatter>("o1"), PartitionKey.Of<string, StringFormatter>("o3")],
            await journal.ReadAsync<int>("SELECT key FROM eventbus_journal_events ORDER BY id"));
        Assert.True(await journal.ReadOneAsync<bool>(
            "SELECT array_agg(o.xid ORDER BY o.id) = array_agg(j.xid ORDER BY j.id) FROM orders o JOIN eventbus_journal j USING (xid)"));

        // The identity is the one of the message.
        Assert.True(await journal.ReadOneAsync<bool>("""
            SELECT bool_and(message::json->'eb'->>'i' = unique_id AND message::json->'eb'->>'s' = source AND number IS NULL)
            FROM eventbus_journal_events
            """));
    }

    [Fact]
    public async Task Within_a_savepoint_the_row_has_the_id_of_the_whole_transaction()
    {
        await using var journal = await CreateAsync();
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            var within = publisher.Emitter<ILedgerEvents>().Within(transaction);
            await within.Placed("first", 1);
            await transaction.SaveAsync("here", Cancellation);
            await within.Placed("rolled back", 2);
            await transaction.RollbackAsync("here", Cancellation);
            await transaction.SaveAsync("there", Cancellation);
            await within.Placed("last", 3);
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal(2, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));
        Assert.Equal(1, await journal.ReadOneAsync<long>("SELECT count(DISTINCT xid) FROM eventbus_journal"));
    }

    [Fact]
    public async Task Within_an_attached_event_has_its_bytes_in_the_row()
    {
        await using var journal = await CreateAsync();
        await journal.ExecuteAsync(AttachmentTable.CreateSql());
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await publisher.Emitter<ILedgerEvents>().Within(transaction).Filed(1, new byte[100]);
            await publisher.Emitter<ILedgerEvents>().Within(transaction).Drawn(2, new byte[100]);
            await publisher.Emitter<ILedgerEvents>().Within(transaction).Shown(3);
            await transaction.CommitAsync(Cancellation);
        }

        Assert.Equal(
            await journal.ReadOneAsync<byte[]>("SELECT payload FROM socket_io_attachments ORDER BY id LIMIT 1"),
            await journal.ReadOneAsync<byte[]>("SELECT attachment FROM eventbus_journal_events"));
    }

    [Fact]
    public async Task Within_without_a_journal_throws_and_leaves_the_transaction_usable()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await own.ExecuteInsideAsync("CREATE TABLE orders (id int)");
        await using var publisher = EventBusPublisher.Create(own.DataSource, new EventBusOptions { CreateTable = false });
        await using var connection = await own.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(
            () => publisher.Emitter<ILedgerEvents>().Within(transaction).Closed(1).AsTask());
        Assert.Contains("JournalTables.CreateSql", failure.Message, StringComparison.Ordinal);
        await publisher.Emitter<ILedgerEvents>().Within(transaction).Shown(2);
        await ExecuteAsync(connection, "INSERT INTO orders VALUES (1)");
        await transaction.CommitAsync(Cancellation);
    }

    [Fact]
    public async Task Within_without_a_partition_throws_and_names_the_remedy()
    {
        await using var journal = await CreateAsync();
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await using var connection = await journal.DataSource.OpenConnectionAsync(Cancellation);
        await PlaceAsync();
        await journal.ExecuteAsync(
            "DO $$ BEGIN EXECUTE (SELECT string_agg('DROP TABLE ' || inhrelid::regclass, '; ') FROM pg_inherits "
            + "WHERE inhparent = 'eventbus_journal'::regclass); END $$");
        var failure = await Assert.ThrowsAsync<EventNotSentException>(PlaceAsync);
        Assert.Contains("JournalTables.MaintainSql", failure.Message, StringComparison.Ordinal);

        // The next event looks the journal up again, and the role owns it.
        await PlaceAsync();
        Assert.Equal(1, await journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal"));

        async Task PlaceAsync()
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await publisher.Emitter<ILedgerEvents>().Within(transaction).Closed(1);
            await transaction.CommitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Within_another_database_throws_and_leaves_the_transaction_usable()
    {
        await using var journal = await CreateAsync();
        await using var elsewhere = await OwnDatabase.CreateAsync(database.Server);
        await using var publisher = EventBusPublisher.Create(journal.DataSource);
        await using var connection = await elsewhere.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(
            () => publisher.Emitter<ILedgerEvents>().Within(transaction).Closed(1).AsTask());
        Assert.Contains("This transaction was not changed", failure.Message, StringComparison.Ordinal);
        await ExecuteAsync(connection, "SELECT 1");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<JournalDatabase> CreateAsync()
    {
        var journal = await JournalDatabase.CreateAsync(database.Server);
        await journal.ExecuteAsync("CREATE TABLE orders (id int PRIMARY KEY, xid xid8)");
        return journal;
    }
}
