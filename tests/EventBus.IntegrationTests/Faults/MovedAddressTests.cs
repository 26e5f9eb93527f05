using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>The address leads to another server, and the old one lives on: connections that are open stay with it.</summary>
public sealed class MovedAddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Within_on_the_new_server_is_transient_until_the_sender_has_moved_there(bool isPublisher, bool isDedicated)
    {
        await using var primary = await StartAsync();
        await using var standby = await primary.StartStandbyAsync(Cancellation);
        await using var address = new Relay(primary.ConnectionString);
        await using var moving = Create(primary, address.Configure);
        await using var there = Create(standby);
        var (options, handler) = (Options(), new StockHandler());
        await using var bus = await EventBusNode.StartAsync(moving, options, cancellationToken: Cancellation);
        await using var dedicated = Create(primary, address.Configure, isPooled: true);
        await using var publisher = isDedicated
            ? EventBusPublisher.Create(
                dedicated, new() { ChannelPrefix = options.ChannelPrefix, TableName = options.TableName, DedicatedDataSource = true })
            : EventBusPublisher.Create(moving, options);
        await bus.Emitter<IStockEvents>().Chart(0, new byte[10]);
        await publisher.Emitter<IStockEvents>().Chart(0, new byte[10]);
        await UntilReplicatedAsync(there, options.TableName);
        await standby.PromoteAsync(Cancellation);
        await bus.AddHandlerAsync<IStockEvents>(handler, cancellationToken: Cancellation);
        await using var receiver = await EventBusNode.StartAsync(there, options, cancellationToken: Cancellation);
        await receiver.AddHandlerAsync<IStockEvents>(handler, cancellationToken: Cancellation);

        address.MoveTo(standby.ConnectionString);
        await using var connection = await moving.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            var exception = await Assert.ThrowsAsync<EventNotSentException>(() => SendAsync(transaction, 1));
            Assert.True(exception.IsTransient, exception.Message);
            await using var unchanged = new NpgsqlCommand("SELECT 1", connection, transaction);
            Assert.Equal(1, await unchanged.ExecuteScalarAsync(Cancellation));
        }

        while (!await TrySendAsync(connection, 2))
            await Task.Yield();

        // A publisher does not tell the node of the same address. Both nodes receive the event, or only the one on the new server.
        await handler.UntilCountAsync(isPublisher ? 1 : 2);
        Assert.All(handler.Numbers, static number => Assert.Equal(2, number));
        if (!isPublisher)
            Assert.True(bus.Statistics.Reconnects > 0);

        // What the pipeline sends arrives there, too.
        await (isPublisher ? publisher.Emitter<IStockEvents>().Price(3, "") : bus.Emitter<IStockEvents>().Price(3, ""));
        await handler.UntilAsync(numbers => numbers.Count(static number => number == 3) == (isPublisher ? 1 : 2));

        async Task SendAsync(NpgsqlTransaction transaction, int number) => await (isPublisher
            ? publisher.Emitter<IStockEvents>().Within(transaction)
            : bus.Emitter<IStockEvents>().Within(transaction)).Price(number, "");

        async Task<bool> TrySendAsync(NpgsqlConnection connection, int number)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            try
            {
                await SendAsync(transaction, number);
            }
            catch (EventNotSentException exception) when (exception.IsTransient)
            {
                return false;
            }

            await transaction.CommitAsync(Cancellation);
            return true;
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Within_attachment_on_a_server_without_the_table_leaves_the_transaction_usable()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var address = new Relay(first.ConnectionString);
        await using var moving = Create(first, address.Configure);
        await using var bus = await EventBusNode.StartAsync(moving, Options(), cancellationToken: Cancellation);
        await using (var before = await moving.OpenConnectionAsync(Cancellation))
        await using (var transaction = await before.BeginTransactionAsync(Cancellation))
            await bus.Emitter<IStockEvents>().Within(transaction).Chart(1, new byte[10]);

        // Both servers have the same password and the same database.
        address.MoveTo(await AdoptPasswordAsync(second, moving));
        await using var connection = await moving.OpenConnectionAsync(Cancellation);
        await using var after = await connection.BeginTransactionAsync(Cancellation);
        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await bus.Emitter<IStockEvents>().Within(after).Chart(2, new byte[10]));
        Assert.True(exception.IsTransient, exception.Message);
        await using var unchanged = new NpgsqlCommand("SELECT 1", connection, after);
        Assert.Equal(1, await unchanged.ExecuteScalarAsync(Cancellation));
    }

    private static Task<PostgresServer> StartAsync() => PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);

    private static EventBusOptions Options()
    {
        var names = TestNames.Create();
        return new() { ChannelPrefix = names.Table, TableName = names.Table };
    }

    private static NpgsqlDataSource Create(
        PostgresServer server, Action<NpgsqlConnectionStringBuilder>? configure = null, bool isPooled = false) =>
        server.CreateDataSource(builder =>
        {
            builder.Pooling = isPooled;
            builder.PersistSecurityInfo = true;
            configure?.Invoke(builder);
        });

    private static async Task UntilReplicatedAsync(NpgsqlDataSource standby, string table)
    {
        await using var command = standby.CreateCommand($"SELECT to_regclass('{table}') IS NOT NULL");
        while (await command.ExecuteScalarAsync(Cancellation) is not true)
            await Task.Yield();
    }

    private static async Task<string> AdoptPasswordAsync(PostgresServer server, NpgsqlDataSource other)
    {
        var password = new NpgsqlConnectionStringBuilder(other.ConnectionString).Password;
        await using var source = Create(server);
        await using var command = source.CreateCommand($"ALTER ROLE postgres PASSWORD '{password}'");
        await command.ExecuteNonQueryAsync(Cancellation);
        return server.ConnectionString;
    }
}
