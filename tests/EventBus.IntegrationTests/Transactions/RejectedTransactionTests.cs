using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transactions;

/// <summary>If a transaction cannot contain an event, the emit throws one type of exception and nothing arrives.</summary>
public sealed class RejectedTransactionTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private readonly StockHandler _handler = new();
    private NpgsqlDataSource _dataSource = null!;
    private IEventBus _bus = null!;
    private Emitter<IStockEvents> _emitter = null!;

    public async ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        _bus = await EventBusNode.StartAsync(_dataSource, Options());
        await _bus.AddHandlerAsync<IStockEvents>(_handler);
        _emitter = _bus.Emitter<IStockEvents>();
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Fact]
    public async Task Within_finished_transaction_throws()
    {
        await using var connection = await OpenAsync();
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await AssertRejectedAsync(transaction, "was committed, rolled back or disposed");
        await transaction.DisposeAsync();
        await AssertRejectedAsync(transaction, "was committed, rolled back or disposed");

        transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        await AssertRejectedAsync(transaction, "was committed, rolled back or disposed");

        transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var command = new NpgsqlCommand("COMMIT", connection))
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await AssertRejectedAsync(transaction, "was committed, rolled back or disposed");
        await AssertNothingArrivedAsync();
    }

    [Fact]
    public async Task Within_closed_connection_throws()
    {
        var connection = await OpenAsync();
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.CloseAsync();
        await AssertRejectedAsync(transaction);
        await connection.DisposeAsync();
        await AssertRejectedAsync(transaction);
        await AssertNothingArrivedAsync();
    }

    [Fact]
    public async Task Within_broken_connection_throws()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await _emitter.Within(transaction).Price(1, "goes with it");
        await _dataSource.TerminateAsync(connection.ProcessID);

        // The first emit fails in its statement, the second before it. In both cases the outcome is known, because nothing was committed.
        await AssertRejectedAsync(transaction);
        await AssertRejectedAsync(transaction);
        await AssertNothingArrivedAsync();
    }

    [Fact]
    public async Task Within_transaction_of_another_database_throws()
    {
        await using var other = await OwnDatabase.CreateAsync(database.Server);
        await using var connection = await other.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var exception = await AssertRejectedAsync(transaction, "but the bus is in");
        Assert.Contains(connection.Database, exception.Message, StringComparison.Ordinal);

        // Nothing was sent, and the transaction is still usable.
        await using var command = new NpgsqlCommand("SELECT 1", connection, transaction);
        Assert.Equal(1, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await AssertNothingArrivedAsync();
    }

    [Fact]
    public async Task Within_aborted_transaction_throws()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await _emitter.Within(transaction).Price(1, "goes with it");
        await using (var command = new NpgsqlCommand("SELECT 1/0", connection, transaction))
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        var exception = await AssertRejectedAsync(transaction);
        Assert.Equal(PostgresErrorCodes.InFailedSqlTransaction, Assert.IsType<PostgresException>(exception.InnerException).SqlState);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        await AssertNothingArrivedAsync();
    }

    [Fact]
    public async Task Within_event_rejected_by_PostgreSQL_aborts_the_transaction()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var connection = await role.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            // Transactions of other roles are allowed, but this role may not write attachments.
            await _emitter.Within(transaction).Price(1, "goes with it");
            var exception = await Assert.ThrowsAsync<EventNotSentException>(
                async () => await _emitter.Within(transaction).Chart(2, new byte[10]));
            Assert.False(exception.IsTransient);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, Assert.IsType<PostgresException>(exception.InnerException).SqlState);
            Assert.Contains(
                $"GRANT USAGE ON SCHEMA public; GRANT INSERT (payload), SELECT (id) ON public.attachments_{_unique}",
                exception.Message,
                StringComparison.Ordinal);
            await AssertRejectedAsync(transaction);
        }

        await role.GrantAsync(database.Server, $"INSERT (payload), SELECT (id) ON attachments_{_unique}");
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await _emitter.Within(transaction).Chart(3, new byte[10]);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await AssertNothingArrivedAsync(butFor: 3);
    }

    [Fact]
    public async Task Within_same_database_name_on_another_port_throws()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, TestContext.Current.CancellationToken);
        await using var other = server.CreateDataSource(
            builder => builder.Database = new NpgsqlConnectionStringBuilder(_dataSource.ConnectionString).Database);
        await using var connection = await other.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await AssertRejectedAsync(transaction, "but the bus is in");
    }

    [Fact]
    public async Task Within_closed_bus_or_publisher_throws()
    {
        var publisher = EventBusPublisher.Create(_dataSource, Options());
        await publisher.DisposeAsync();
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<EventBusClosedException>(
            async () => await publisher.Emitter<IStockEvents>().Within(transaction).Price(1, "late"));
        await _bus.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await _emitter.Within(transaction).Price(1, "late"));
    }

    [Fact]
    public async Task Within_cancelled_event_leaves_the_transaction_usable()
    {
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _emitter.Within(transaction).Price(1, "", new CancellationToken(canceled: true)));
        await _emitter.Within(transaction).Price(2, "");
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await AssertNothingArrivedAsync(butFor: 2);
    }

    private EventBusOptions Options() => new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };

    private async Task<NpgsqlConnection> OpenAsync() => await _dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);

    private async Task<EventNotSentException> AssertRejectedAsync(NpgsqlTransaction transaction, string reason = "")
    {
        var inline = await Assert.ThrowsAsync<EventNotSentException>(async () => await _emitter.Within(transaction).Price(1, "rejected"));
        Assert.False(inline.IsTransient);
        Assert.Contains(reason, inline.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventNotSentException>(
            async () => await _bus.Of().All.Within(transaction).EmitAsync("chart", new EventValue[] { 1, new byte[1] }));
        return inline;
    }

    private async Task AssertNothingArrivedAsync(params int[] butFor)
    {
        await using (var connection = await OpenAsync())
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await _emitter.Within(transaction).Price(-1, "comes after all others");
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await _handler.UntilAsync(numbers => numbers.Contains(-1));
        Assert.Equal([.. butFor, -1], _handler.Numbers);
        Assert.Equal(0, _bus.Statistics.Lost);
    }
}
