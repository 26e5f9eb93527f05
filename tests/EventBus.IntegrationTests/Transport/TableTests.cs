using EventBus.Hosting;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>The attachment table is found once, created if it was missing, and indexed without holding up anybody.</summary>
public sealed class TableTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Attachments_are_read_sent_and_swept_with_any_search_path()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        var options = new EventBusOptions { CleanupInterval = TimeSpan.FromSeconds(1) };
        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, names, options, configure: builder =>
        {
            own.Configure(builder);
            builder.NoResetOnClose = true;
            builder.MaxPoolSize = 6;
        });
        await own.ExecuteInsideAsync($"CREATE SCHEMA tenant_7; CREATE TABLE tenant_7.{names.Table} (LIKE public.{names.Table})");
        await sender.EmitAsync(0, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        var connections = new List<NpgsqlConnection>();
        for (var i = 0; i < 4; i++)
        {
            connections.Add(await receiver.DataSource.OpenConnectionAsync(Cancellation));
            await using var command = new NpgsqlCommand("SET search_path TO tenant_7", connections[i]);
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        foreach (var connection in connections)
            await connection.DisposeAsync();
        for (var i = 1; i <= 5; i++)
            await sender.EmitAsync(i, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count + node.Lost == 6);
        Assert.Equal(0, receiver.Lost);
        await receiver.EmitAsync(6, TestEvent.Large);
        await sender.UntilAsync(static node => node.Received.Count == 1);
        await receiver.Logger.UntilAsync(140);
        Assert.DoesNotContain(receiver.Logger.Entries, static entry => entry.Id is 141 or 142);
    }

    [Fact(Timeout = 120_000)]
    public async Task StartAsync_table_in_use_holds_up_nobody_and_gets_its_index_later()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await own.ExecuteInsideAsync(
            $"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea)");
        await using var connection = await own.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var insert = new NpgsqlCommand($"INSERT INTO {names.Table} (payload) VALUES ('a')", connection))
            await insert.ExecuteNonQueryAsync(Cancellation);

        // The start and the inserts complete although the transaction is open.
        await using var node = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await node.Logger.UntilAsync(134);
        for (var i = 0; i < 10; i++)
            await own.ExecuteInsideAsync($"INSERT INTO {names.Table} (payload) VALUES ('b')");

        await transaction.RollbackAsync(Cancellation);
        await node.Logger.UntilAsync(133);
    }

    [Fact(Timeout = 120_000)]
    public async Task StartAsync_invalid_index_is_replaced()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await own.ExecuteInsideAsync(
            $"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea); "
            + $"CREATE INDEX broken ON {names.Table} (created_at); "
            + "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken'::regclass");
        await using var node = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await node.Logger.UntilAsync(133);
    }

    [Fact(Timeout = 120_000)]
    public async Task EventBusPublisher_created_before_its_database_creates_the_table_later()
    {
        await using var later = await OwnDatabase.CreateAsync(database.Server);
        var address = new NpgsqlConnectionStringBuilder(database.Server.ConnectionString);
        later.Configure(address);
        await later.DropAsync();
        var reported = 0;
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var publisher = EventBusPublisher.Create(
            address.ConnectionString,
            new EventBusOptions
            {
                PublishTimeout = TimeSpan.FromSeconds(30),
                ErrorHandler = _ =>
                {
                    Interlocked.Increment(ref reported);
                    failed.TrySetResult();
                },
            });
        await failed.Task.WaitAsync(Cancellation);

        var emit = publisher.Of().EmitAsync("large", new EventValue[] { new byte[20_000] }).AsTask();
        Assert.False(emit.IsCompleted);
        await later.CreateAgainAsync();
        await emit;
        Assert.Equal(1, reported);
    }

    [Fact(Timeout = 120_000)]
    public async Task EmitAsync_renamed_table_is_not_created_but_found_when_it_is_back()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await sender.EmitAsync(1, TestEvent.Large);
        await own.ExecuteInsideAsync($"ALTER TABLE {names.Table} RENAME TO {names.Table}_away");
        await Assert.ThrowsAsync<EventNotSentException>(() => sender.EmitAsync(2, TestEvent.Large).AsTask());
        await sender.EmitAsync(3);

        await own.ExecuteInsideAsync($"ALTER TABLE {names.Table}_away RENAME TO {names.Table}");
        await sender.EmitAsync(4, TestEvent.Large);
        await using var count = own.DataSource.CreateCommand($"SELECT count(*) FROM {names.Table}");
        Assert.Equal(2L, await count.ExecuteScalarAsync(Cancellation));
    }
}
