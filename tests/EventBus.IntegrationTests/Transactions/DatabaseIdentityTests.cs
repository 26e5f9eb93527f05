using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transactions;

/// <summary>A transaction is compared with the bus by the database that it is in, not by its address, and without a round trip.</summary>
public sealed class DatabaseIdentityTests(DatabaseFixture database) : IAsyncLifetime
{
    private const int CommandExecuted = 2001; // of Npgsql: one for each round trip

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private readonly StockHandler _handler = new();
    private NpgsqlDataSource _dataSource = null!;
    private IEventBus _bus = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        _bus = await EventBusNode.StartAsync(_dataSource, Options());
        await _bus.AddHandlerAsync<IStockEvents>(_handler);
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Fact]
    public async Task Within_PgBouncer_in_transaction_mode_is_the_same_database()
    {
        await using var pooler = await PgBouncer.TryStartAsync(database.Server);
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        await AssertSentAsync(pooler.Configure);
    }

    [Fact]
    public Task Within_another_name_of_the_host_is_the_same_database() => AssertSentAsync(static builder => builder.Host = "localhost");

    [Fact]
    public async Task Within_Unix_socket_is_the_same_database()
    {
        await using var command = _dataSource.CreateCommand("SHOW unix_socket_directories");
        var directory = (string)(await command.ExecuteScalarAsync(Cancellation))!;
        Assert.SkipWhen(directory.Length == 0, "The server has no Unix socket.");
        await AssertSentAsync(builder => builder.Host = directory.Split(',')[0].Trim());
    }

    [Fact]
    public async Task Statements_call_no_operator_that_another_role_has_put_into_the_search_path()
    {
        var name = $"operators_{_unique}";
        await using (var create = _dataSource.CreateCommand($"CREATE DATABASE {name}"))
            await create.ExecuteNonQueryAsync(Cancellation);
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString()) { Database = name };
        await using var source = NpgsqlDataSource.Create(settings.ConnectionString);
        await using (var trap = source.CreateCommand("""
            CREATE FUNCTION public.trap(numeric, integer) RETURNS numeric LANGUAGE plpgsql AS $$BEGIN RAISE 'trapped'; END$$;
            CREATE FUNCTION public.trap(text, bigint) RETURNS text LANGUAGE plpgsql AS $$BEGIN RAISE 'trapped'; END$$;
            CREATE OPERATOR public.* (FUNCTION = public.trap, LEFTARG = numeric, RIGHTARG = integer);
            CREATE OPERATOR public.|| (FUNCTION = public.trap, LEFTARG = text, RIGHTARG = bigint);
            """))
            await trap.ExecuteNonQueryAsync(Cancellation);

        var handler = new StockHandler();
        await using var bus = await EventBusNode.StartAsync(source, Options());
        await bus.AddHandlerAsync<IStockEvents>(handler, cancellationToken: Cancellation);
        await using (var connection = await source.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await bus.Emitter<IStockEvents>().Within(transaction).Price(1, "");
            await bus.Emitter<IStockEvents>().Within(transaction).Chart(2, new byte[10]);
            await transaction.CommitAsync(Cancellation);
        }

        await bus.Emitter<IStockEvents>().Chart(3, new byte[10]);
        await handler.UntilCountAsync(3);
    }

    [Fact]
    public async Task Within_compares_the_databases_in_the_statement_of_the_event()
    {
        var logger = new RecordingLogger();
        using var loggers = new RecordingLoggerFactory(logger);
        await using var source = new NpgsqlDataSourceBuilder(ConnectionString()).UseLoggerFactory(loggers).Build();
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await _bus.Emitter<IStockEvents>().Within(transaction).Chart(1, new byte[10]); // The first attachment through an address needs two.
        var before = RoundTrips();

        await _bus.Emitter<IStockEvents>().Within(transaction).Price(2, "");
        await _bus.Emitter<IStockEvents>().Within(transaction).Chart(3, new byte[10]);
        await _bus.Emitter<IStockEvents>().Within(connection).Price(4, "");

        Assert.Equal(before + 3, RoundTrips());
        await transaction.CommitAsync(Cancellation);
        await _handler.UntilCountAsync(4);
        Assert.Equal([1, 2, 3, 4], _handler.Numbers);

        int RoundTrips() => logger.Entries.Count(static entry => entry.Id is CommandExecuted or CommandExecuted + 1);
    }

    [Fact]
    public async Task Within_role_that_may_not_identify_its_database_names_the_grant()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await own.ExecuteInsideAsync("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        await using var role = await OwnRole.CreateAsync(database.Server);
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await using var source = database.Server.CreateDataSource(builder =>
        {
            own.Configure(builder);
            (builder.Username, builder.Password) = (login, login);
        });

        // Only transactions need the identity.
        await using var publisher = EventBusPublisher.Create(source, Options());
        await publisher.Emitter<IStockEvents>().Price(1, "");
        await using var connection = await own.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await publisher.Emitter<IStockEvents>().Within(transaction).Price(2, ""));
        Assert.Contains("GRANT EXECUTE ON FUNCTION pg_control_system()", exception.Message, StringComparison.Ordinal);

        // A caller's role needs less.
        await transaction.RollbackAsync(Cancellation);
        await using var complete = EventBusPublisher.Create(own.DataSource, Options());
        await complete.Emitter<IStockEvents>().Chart(3, new byte[10]);
        await using var restricted = await source.OpenConnectionAsync(Cancellation);
        await using (var accepted = await restricted.BeginTransactionAsync(Cancellation))
            await complete.Emitter<IStockEvents>().Within(accepted).Price(4, "");

        await own.ExecuteInsideAsync("REVOKE EXECUTE ON FUNCTION pg_postmaster_start_time() FROM PUBLIC");
        foreach (var isAttached in new[] { false, true })
        {
            await using var refused = await restricted.BeginTransactionAsync(Cancellation);
            var target = complete.Emitter<IStockEvents>().Within(refused);
            exception = await Assert.ThrowsAsync<EventNotSentException>(
                async () => await (isAttached ? target.Chart(5, new byte[10]) : target.Price(5, "")));
            Assert.Contains("GRANT EXECUTE ON FUNCTION pg_postmaster_start_time()", exception.Message, StringComparison.Ordinal);
            Assert.Equal(isAttached, exception.Message.Contains("GRANT INSERT (payload)", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Within_attachment_whose_table_has_gone_is_transient_once()
    {
        await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
        await SendAsync();
        await using (var drop = _dataSource.CreateCommand($"DROP TABLE {Options().TableName}"))
            await drop.ExecuteNonQueryAsync(Cancellation);

        // Behind a pooler, the connection may have another server by now.
        var exception = await Assert.ThrowsAsync<EventNotSentException>(SendAsync);
        Assert.True(exception.IsTransient, exception.Message);
        exception = await Assert.ThrowsAsync<EventNotSentException>(SendAsync);
        Assert.False(exception.IsTransient, exception.Message);

        async Task SendAsync()
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await _bus.Emitter<IStockEvents>().Within(transaction).Chart(1, new byte[10]);
            await transaction.CommitAsync(Cancellation);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Within_another_database_is_transient_if_the_address_was_read_before()
    {
        await using var other = await OwnDatabase.CreateAsync(database.Server);
        await using var connection = await other.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);

        // The address is read at most once a second. Only a rejection that has read it is sure.
        Assert.False(await IsTransientAsync());
        while (!await IsTransientAsync())
            Cancellation.ThrowIfCancellationRequested();

        async Task<bool> IsTransientAsync() => (await Assert.ThrowsAsync<EventNotSentException>(
            async () => await _bus.Emitter<IStockEvents>().Within(transaction).Price(1, ""))).IsTransient;
    }

    [Fact]
    public async Task Within_publisher_that_has_not_connected_reads_the_database_itself()
    {
        await using var connection = await _dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var publisher = EventBusPublisher.Create(_dataSource, Options());
        await publisher.Emitter<IStockEvents>().Within(transaction).Price(1, "at once");
        await transaction.CommitAsync(Cancellation);
        await _handler.UntilCountAsync(1);
    }

    private async Task AssertSentAsync(Action<NpgsqlConnectionStringBuilder> configure)
    {
        await using var source = database.Server.CreateDataSource(configure);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await _bus.Emitter<IStockEvents>().Within(transaction).Price(1, "");
            await _bus.Emitter<IStockEvents>().Within(transaction).Chart(2, new byte[10]);
            await transaction.CommitAsync(Cancellation);
        }

        await _handler.UntilCountAsync(2);
        Assert.Equal([1, 2], _handler.Numbers);
    }

    private string ConnectionString() =>
        new NpgsqlConnectionStringBuilder(database.Server.ConnectionString) { PersistSecurityInfo = true }.ConnectionString;

    private EventBusOptions Options() => new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };
}
