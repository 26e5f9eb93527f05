using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>If the attachment table is locked, failures name the table and the session that locks it.</summary>
public sealed class LockedTableTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task EmitAsync_locked_table_names_the_session()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var locker = await Locker.OpenAsync(database, "migration");
        await locker.ExecuteAsync($"LOCK TABLE {names.Table} IN SHARE MODE");
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => sender.EmitAsync(1, TestEvent.Large).AsTask());
        Assert.Contains($"public.{names.Table} is locked by pid {locker.Pid} (migration)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
    }

    [Fact(Timeout = 120_000)]
    public async Task EmitAsync_session_that_waits_to_lock_the_table_is_named()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var writer = await Locker.OpenAsync(database, "writer");
        await writer.ExecuteAsync($"INSERT INTO {names.Table} (payload) VALUES ('\\x01')");
        await using var locker = await Locker.OpenAsync(database, "migration");
        var waiting = locker.ExecuteAsync($"LOCK TABLE {names.Table}");
        await locker.UntilItWaitsAsync(sender.DataSource);

        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => sender.EmitAsync(1, TestEvent.Large).AsTask());
        Assert.Contains($"pid {locker.Pid} (migration) waits to lock the attachment table", failure.Message, StringComparison.Ordinal);
        await writer.RollbackAsync();
        await waiting;
    }

    [Fact(Timeout = 120_000)]
    public async Task Within_locked_table_is_named()
    {
        var names = TestNames.Create();
        await using var source = database.Server.CreateDataSource();
        await using var bus = await EventBusNode.StartAsync(
            source, new() { TableName = names.Table, ChannelPrefix = names.Table }, cancellationToken: Cancellation);
        await using var locker = await Locker.OpenAsync(database, "migration");
        await locker.ExecuteAsync($"LOCK TABLE {names.Table}");
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var timeout = new NpgsqlCommand("SET LOCAL lock_timeout = '100ms'", connection))
            await timeout.ExecuteNonQueryAsync(Cancellation);
        var failure = await Assert.ThrowsAsync<EventNotSentException>(async () =>
            await bus.Emitter<IStockEvents>().Within(transaction).Chart(1, new byte[TestEvent.Large]));
        Assert.Contains(names.Table, failure.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task ReadAsync_locked_table_loses_the_attachment_and_names_the_session()
    {
        var names = TestNames.Create();
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await using var locker = await Locker.OpenAsync(database, "migration");
        await using var store = receiver.DataSource.CreateCommand($"INSERT INTO {names.Table} (payload) VALUES ('\\x01') RETURNING id");
        var id = await store.ExecuteScalarAsync(Cancellation);
        await locker.ExecuteAsync($"LOCK TABLE {names.Table}");
        await using var notify = receiver.DataSource.CreateCommand("SELECT pg_notify($1, $2)");
        notify.Parameters.AddWithValue(names.Channel);
        notify.Parameters.AddWithValue($$"""{"uid":"node","type":3,"attachmentId":"{{id}}"}""");
        await notify.ExecuteNonQueryAsync(Cancellation);

        await receiver.UntilAsync(static node => node.LostAttachments.Count == 1);
        var lost = Assert.Single(receiver.Logger.Entries, static entry => entry.Id == 120).Message;
        Assert.Contains($"is locked by pid {locker.Pid} (migration)", lost, StringComparison.Ordinal);
        Assert.Contains(names.Table, lost, StringComparison.Ordinal);
    }

    /// <summary>A session with an open transaction.</summary>
    private sealed class Locker : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlTransaction _transaction;

        private Locker(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
            (_source, _connection, _transaction) = (source, connection, transaction);

        public int Pid => _connection.ProcessID;

        public static async Task<Locker> OpenAsync(DatabaseFixture database, string name)
        {
            var source = database.Server.CreateDataSource(builder => builder.ApplicationName = name);
            var connection = await source.OpenConnectionAsync(Cancellation);
            return new(source, connection, await connection.BeginTransactionAsync(Cancellation));
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection, _transaction);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }

        public async Task UntilItWaitsAsync(NpgsqlDataSource observer)
        {
            await using var command = observer.CreateCommand(
                $"SELECT count(*) FROM pg_stat_activity WHERE pid = {Pid} AND wait_event_type = 'Lock'");
            while (await command.ExecuteScalarAsync(Cancellation) is 0L)
                await Task.Yield();
        }

        public Task RollbackAsync() => _transaction.RollbackAsync(Cancellation);

        public async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
            await _source.DisposeAsync();
        }
    }
}
