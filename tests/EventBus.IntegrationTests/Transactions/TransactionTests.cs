using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transactions;

/// <summary>Events that are part of a transaction of the caller.</summary>
public sealed class TransactionTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private NpgsqlDataSource _dataSource = null!;

    public ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Within_committed_events_arrive_in_order_on_every_node()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var (here, there) = (await AddAsync(first), await AddAsync(second));
        var emitter = first.Emitter<IStockEvents>();
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var target = emitter.Within(transaction).To("r1");

        // Equal events, attached events between inline events, and an event that does not fit a notification.
        await target.Price(1, "é");
        await target.Price(1, "é");
        await target.Chart(2, new byte[10]);
        await target.Chart(2, new byte[10]);
        await target.Price(3, new string('x', 9000));
        await target.Except("r1").Price(4, "for nobody");
        await target.Volatile.Compress(true).Price(5, "");

        // An event outside the transaction arrives first, because the transaction has not ended.
#pragma warning disable EVB2003 // The rule warns of this.
        await emitter.Price(0, "outside");
#pragma warning restore EVB2003
        await here.UntilCountAsync(1);
        await there.UntilCountAsync(1);
        Assert.Equal([0], here.Numbers);
        Assert.Equal([0], there.Numbers);

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        await EndAsync(first, here, there);
        Assert.Equal([0, 1, 1, 2, 2, 3, 5, -1], here.Numbers);
        Assert.Equal([0, 1, 1, 2, 2, 3, 5, -1], there.Numbers);
        Assert.Equal(0, first.Statistics.Lost + second.Statistics.Lost);
        Assert.Equal(1, first.Statistics.Published); // Events within a transaction are not counted as published.
        Assert.Equal(0, first.Statistics.Received); // Only events of other nodes count.
        while (second.Statistics.Received < 8)
            await Task.Yield(); // The last event is counted after its handler has begun.
        Assert.Equal(8, second.Statistics.Received);
    }

    [Fact]
    public async Task Within_rolled_back_events_arrive_nowhere_and_are_no_loss()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var (here, there) = (await AddAsync(first), await AddAsync(second));
        var gaps = 0;
        second.GapDetected += _ => Interlocked.Increment(ref gaps);
        var emitter = first.Emitter<IStockEvents>();
        await emitter.Price(0, "before");

        await using var connection = await OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await emitter.Within(transaction).Price(1, "rolled back");
            await emitter.Within(transaction).Chart(2, new byte[10]);
            await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        }

        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            await emitter.Within(transaction).Price(3, "disposed without an end");
        await emitter.Price(4, "after");

        await EndAsync(first, here, there);
        Assert.Equal([0, 4, -1], here.Numbers);
        Assert.Equal([0, 4, -1], there.Numbers);
        Assert.Equal(0, gaps);
        Assert.Equal(0, second.Statistics.Lost);
        Assert.Equal(0L, await ScalarAsync(_dataSource, $"SELECT count(*) FROM attachments_{_unique}"));
    }

    [Fact]
    public async Task Within_rollback_to_a_savepoint_discards_only_its_events()
    {
        await using var bus = await StartAsync();
        var handler = await AddAsync(bus);
        var emitter = bus.Emitter<IStockEvents>();
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        await emitter.Within(transaction).Price(1, "kept");
        await transaction.SaveAsync("here", TestContext.Current.CancellationToken);
        await emitter.Within(transaction).Price(2, "rolled back to the savepoint");
        await emitter.Within(transaction).Chart(3, new byte[10]);
        await transaction.RollbackAsync("here", TestContext.Current.CancellationToken);
        await emitter.Within(transaction).Chart(4, new byte[10]);
        await transaction.SaveAsync("there", TestContext.Current.CancellationToken);
        await emitter.Within(transaction).Price(5, "kept");
        await transaction.ReleaseAsync("there", TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await EndAsync(bus, handler);
        Assert.Equal([1, 4, 5, -1], handler.Numbers);
        Assert.Equal(0, bus.Statistics.Lost);
    }

    [Fact]
    public async Task Within_events_commit_with_the_rows_of_the_caller()
    {
        await using var bus = await StartAsync();
        var handler = await AddAsync(bus);
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, $"CREATE TABLE orders_{_unique} (id int PRIMARY KEY)");

        // The second transaction violates a constraint, so its event is rolled back with its row.
        await PlaceAsync(1);
        await Assert.ThrowsAsync<PostgresException>(() => PlaceAsync(1));
        await PlaceAsync(2);

        await EndAsync(bus, handler);
        Assert.Equal([1, 2, -1], handler.Numbers);

        async Task PlaceAsync(int order)
        {
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await bus.Emitter<IStockEvents>().Within(transaction).Price(order, "paid");
            await ExecuteAsync(connection, $"INSERT INTO orders_{_unique} VALUES ({order})");
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Within_events_by_name_and_of_a_publisher_arrive()
    {
        await using var bus = await StartAsync();
        await using var publisher = EventBusPublisher.Create(_dataSource, Options());
        var handler = await AddAsync(bus);
        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);

        await bus.Of().To("r1").Within(transaction).EmitAsync("price", new EventValue[] { 1, "by name" });
        await publisher.Of().Within(transaction).To("r1").EmitAsync("chart", new EventValue[] { 2, new byte[] { 1 } });
        await publisher.Emitter<IStockEvents>().Within(transaction).To("r1").Price(3, "of a publisher");
        Assert.Throws<InvalidOperationException>(() => bus.Of().All.Local.Within(transaction));
        await Assert.ThrowsAsync<ArgumentException>(async () => await bus.Of().All.Within(transaction).EmitAsync("connect"));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await EndAsync(bus, handler);
        Assert.Equal([1, 2, 3, -1], handler.Numbers);
    }

    [Fact]
    public async Task Within_leaves_the_session_of_the_caller_unchanged()
    {
        await using var bus = await StartAsync();
        var handler = await AddAsync(bus);
        await using var connection = await OpenAsync();
        await ExecuteAsync(connection, "SET synchronous_commit = 'local'; SET statement_timeout = '77s'; SET search_path = 'pg_catalog'");
        var before = await SettingsAsync(connection);
        string during;
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await bus.Emitter<IStockEvents>().Within(transaction).Price(1, "inline");
            await bus.Emitter<IStockEvents>().Within(transaction).Chart(2, new byte[10]); // The table is found with any search path.
            during = await SettingsAsync(connection);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("synchronous_commit=local", before, StringComparison.Ordinal);
        Assert.Equal(before, during);
        Assert.Equal(before, await SettingsAsync(connection));
        Assert.Equal(0L, await ScalarAsync(connection, "SELECT count(*) FROM pg_prepared_statements"));
        await EndAsync(bus, handler);
        Assert.Equal([1, 2, -1], handler.Numbers);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Within_one_of_several_hosts_is_the_same_database(bool isBusOnSeveral)
    {
        var one = new NpgsqlConnectionStringBuilder(database.Server.ConnectionString) { PersistSecurityInfo = true };
        var several = new NpgsqlConnectionStringBuilder(one.ConnectionString) { Host = $"{one.Host}:{one.Port},127.0.0.2:1" };
        if (one.Host!.StartsWith('/'))
            Assert.Skip("A socket directory has no port of its own.");
        await using var source = NpgsqlDataSource.Create(isBusOnSeveral ? several : one);
        await using var other = NpgsqlDataSource.Create(isBusOnSeveral ? one : several);
        await using var bus = await StartAsync();
        var handler = await AddAsync(bus);
        await using var publisher = EventBusPublisher.Create(source, Options());
        await using (var connection = await other.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await publisher.Emitter<IStockEvents>().Within(transaction).Price(1, "");
            await publisher.Emitter<IStockEvents>().Within(transaction).Chart(2, new byte[1]);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        await EndAsync(bus, handler);
        Assert.Equal([1, 2, -1], handler.Numbers);
    }

    private Task<IEventBus> StartAsync() => EventBusNode.StartAsync(_dataSource, Options());

    private EventBusOptions Options() => new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };

    private async Task<NpgsqlConnection> OpenAsync() => await _dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);

    private static async Task<StockHandler> AddAsync(IEventBus bus)
    {
        var handler = new StockHandler();
        await bus.AddHandlerAsync<IStockEvents>(handler, ["r1"]);
        return handler;
    }

    /// <summary>
    /// Emits the last event and waits until all handlers have it. It is in a transaction of its own, so it cannot overtake events that were
    /// committed before.
    /// </summary>
    private async Task EndAsync(IEventBus bus, params StockHandler[] handlers)
    {
        await using (var connection = await OpenAsync())
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await bus.Emitter<IStockEvents>().Within(transaction).Price(-1, "end");
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var handler in handlers)
            await handler.UntilAsync(numbers => numbers.Contains(-1));
    }

    private static async Task<string> SettingsAsync(NpgsqlConnection connection) => (string)(await ScalarAsync(
        connection,
        "SELECT string_agg(name || '=' || setting, ';' ORDER BY name) FROM pg_settings WHERE name NOT LIKE 'transaction%'"))!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
