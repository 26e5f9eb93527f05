using EventBus.Hosting;
using EventBus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>A database with the tables of the shop, a bus in it, and a handler that records the events.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly ShopHandler _handler = new();

    private Shop(OwnDatabase database, IEventBus bus)
    {
        Database = database;
        Bus = bus;
    }

    public OwnDatabase Database { get; }

    public NpgsqlDataSource DataSource => Database.DataSource;

    public IEventBus Bus { get; }

    /// <summary>The bus finds the table that EF Core has created, and creates none.</summary>
    public static EventBusOptions Options => new() { CreateTable = false };

    public static async Task<Shop> OpenAsync(PostgresServer server)
    {
        var database = await OwnDatabase.CreateAsync(server);
        await using (var context = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(database.DataSource).UseEventBus().Options))
            await context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var shop = new Shop(database, await EventBusNode.StartAsync(database.DataSource, Options));
        await shop.Bus.AddHandlerAsync<IShopEvents>(shop._handler);
        return shop;
    }

    public ShopContext CreateContext(params IInterceptor[] interceptors) => new(
        new DbContextOptionsBuilder<ShopContext>().UseNpgsql(DataSource).UseEventBus(Bus).AddInterceptors(interceptors).Options);

    /// <summary>A context in which an interceptor acts before the one of EventBus.</summary>
    public ShopContext CreateContextAfter(IInterceptor interceptor) => new(
        InjectedServices.Inject(new DbContextOptionsBuilder<ShopContext>(), services => services.AddSingleton(interceptor))
            .UseNpgsql(DataSource).UseEventBus(Bus).Options);

    /// <summary>A context that repeats attempts at once.</summary>
    public ShopContext CreateRetryingContext(params IInterceptor[] interceptors) => CreateRetryingContext([], interceptors);

    public ShopContext CreateRetryingContext(string[] errorCodes, params IInterceptor[] interceptors) => new(
        new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(DataSource, npgsql => npgsql.EnableRetryOnFailure(3, TimeSpan.FromMilliseconds(1), errorCodes))
            .UseEventBus(Bus).AddInterceptors(interceptors).Options);

    /// <summary>
    /// Makes the first commits or statements that insert into a table fail: as a conflict, which EF Core retries, or with another error.
    /// </summary>
    public Task FailAsync(
        string table, int times, bool atCommit, string errorCode = PostgresErrorCodes.SerializationFailure) => Database.ExecuteAsync($"""
        CREATE SEQUENCE attempts;
        CREATE FUNCTION fail_first() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('attempts') <= {times} THEN
                RAISE EXCEPTION 'provoked' USING ERRCODE = '{errorCode}';
            END IF;
            RETURN NEW;
        END $$;
        CREATE CONSTRAINT TRIGGER fail_first AFTER INSERT ON {table}
            DEFERRABLE INITIALLY {(atCommit ? "DEFERRED" : "IMMEDIATE")} FOR EACH ROW EXECUTE FUNCTION fail_first();
        """);

    /// <summary>How often <see cref="FailAsync"/> has failed or has let a row pass.</summary>
    public Task<long> AttemptsAsync() => Database.ScalarAsync<long>("SELECT last_value FROM attempts");

    public Task<long> CountAsync(string table) => Database.ScalarAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>
    /// Requires that exactly these events were received, in this order. The event that ends them is in a transaction of its own, so it
    /// cannot overtake events that were committed before.
    /// </summary>
    public async Task AssertReceivedAsync(params int[] numbers)
    {
        await using (var connection = await DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await Bus.Emitter<IShopEvents>().Within(transaction).Placed(-1);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(numbers, await _handler.AllAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Database.DisposeAsync();
    }
}
