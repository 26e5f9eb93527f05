using System.Transactions;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transactions;

/// <summary>Events in the transaction that a connection is in, such as the one of a TransactionScope.</summary>
public sealed class TransactionScopeTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private readonly StockHandler _handler = new();
    private NpgsqlDataSource _dataSource = null!;
    private IEventBus _bus = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Emitter<IStockEvents> Emitter => _bus.Emitter<IStockEvents>();

    public async ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        _bus = await EventBusNode.StartAsync(
            _dataSource, new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" });
        await _bus.AddHandlerAsync<IStockEvents>(_handler);
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Fact]
    public async Task Within_enlisted_connection_commits_with_the_scope()
    {
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
            await Emitter.Within(connection).Price(1, "inline");
            await Emitter.Within(connection).Chart(2, new byte[10]);
            await Emitter.All.Within(connection).Price(3, "of an operator");
            await using var publisher = EventBusPublisher.Create(
                _dataSource, new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" });
            await publisher.Emitter<IStockEvents>().Within(connection).Price(4, "of a publisher");
            await publisher.Of().Within(connection).EmitAsync("price", new EventValue[] { 5, "by name" });
            Assert.Empty(_handler.Numbers);
            scope.Complete();
        }

        await AssertReceivedAsync(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task Within_enlisted_connection_rolls_back_with_the_scope()
    {
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
            await Emitter.Within(connection).Price(1, "inline");
            await Emitter.Within(connection).Chart(2, new byte[10]);
        }

        await AssertReceivedAsync();
        await using var command = _dataSource.CreateCommand($"SELECT count(*) FROM attachments_{_unique}");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Within_connection_in_a_transaction_of_Npgsql_or_SQL_sends()
    {
        await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await Emitter.Within(connection).Price(1, "");
            await transaction.CommitAsync(Cancellation);
        }

        await ExecuteAsync(connection, "BEGIN");
        await Emitter.Within(connection).Price(2, "");
        await ExecuteAsync(connection, "COMMIT");
        await AssertReceivedAsync(1, 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Within_connection_without_a_transaction_throws_and_sends_nothing(bool isInScope)
    {
        using var scope = isInScope ? new TransactionScope(TransactionScopeAsyncFlowOption.Enabled) : null;
        await using var source = database.Server.CreateDataSource(static builder => builder.Enlist = false);
        await using var connection = await source.OpenConnectionAsync(Cancellation);

        var exception = await Assert.ThrowsAsync<EventNotSentException>(async () => await Emitter.Within(connection).Price(1, ""));
        Assert.False(exception.IsTransient);
        Assert.Contains("TransactionScope", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventNotSentException>(async () => await Emitter.Within(connection).Chart(2, new byte[10]));

        // The connection is still usable.
        await ExecuteAsync(connection, "SELECT 1");
        scope?.Complete();
        scope?.Dispose();
        await AssertReceivedAsync();
    }

    [Fact]
    public async Task Within_closed_connection_throws()
    {
        await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
        await connection.CloseAsync();
        await Assert.ThrowsAsync<EventNotSentException>(async () => await Emitter.Within(connection).Price(1, ""));
        Assert.Throws<ArgumentNullException>(() => Emitter.Within(default(NpgsqlConnection)!));
    }

    [Fact]
    public async Task Within_connection_of_another_database_throws_and_leaves_the_scope_usable()
    {
        await using var other = await OwnDatabase.CreateAsync(database.Server);
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var connection = await other.DataSource.OpenConnectionAsync(Cancellation);
            var exception = await Assert.ThrowsAsync<EventNotSentException>(async () => await Emitter.Within(connection).Price(1, ""));
            Assert.Contains("but the bus is in", exception.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<EventNotSentException>(async () => await Emitter.Within(connection).Chart(2, new byte[10]));
            await ExecuteAsync(connection, "CREATE TABLE kept ()");
            scope.Complete();
        }

        await using var command = other.DataSource.CreateCommand("SELECT count(*) FROM kept");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        await AssertReceivedAsync();
    }

    /// <summary>The last event is committed after all others, so it cannot overtake them.</summary>
    private async Task AssertReceivedAsync(params int[] numbers)
    {
        await using (var connection = await _dataSource.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await Emitter.Within(transaction).Price(-1, "end");
            await transaction.CommitAsync(Cancellation);
        }

        await _handler.UntilAsync(static received => received.Contains(-1));
        Assert.Equal([.. numbers, -1], _handler.Numbers);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
