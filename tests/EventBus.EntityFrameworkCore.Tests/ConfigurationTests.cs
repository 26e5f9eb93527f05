using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>The ways to create a context, and to name its bus.</summary>
public sealed class ConfigurationTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task AddDbContext_takes_the_bus_from_the_services()
    {
        var services = new ServiceCollection().AddSingleton(_shop.Bus);
        services.AddDbContext<ShopContext>(options => options.UseNpgsql(_shop.DataSource).UseEventBus());
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await PlaceAsync(scope.ServiceProvider.GetRequiredService<ShopContext>(), 1);

        await _shop.AssertReceivedAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Factories_take_the_publisher_from_the_services(bool isPooled)
    {
        await using var publisher = EventBusPublisher.Create(_shop.DataSource, Shop.Options);
        var services = new ServiceCollection().AddSingleton(publisher);
        if (isPooled)
            services.AddPooledDbContextFactory<ShopContext>(Configure);
        else
            services.AddDbContextFactory<ShopContext>(Configure);
        await using var provider = services.BuildServiceProvider();
        await using var db = await provider.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContextAsync(Cancellation);
        await PlaceAsync(db, 1);

        await _shop.AssertReceivedAsync(1);

        void Configure(DbContextOptionsBuilder options) => options.UseEventBus().UseNpgsql(_shop.DataSource);
    }

    [Fact]
    public async Task Pool_forgets_the_events_of_the_last_user()
    {
        var services = new ServiceCollection();
        services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(_shop.DataSource).UseEventBus(_shop.Bus), poolSize: 1);
        await using var provider = services.BuildServiceProvider();
        ShopContext first;
        await using (var scope = provider.CreateAsyncScope())
        {
            first = scope.ServiceProvider.GetRequiredService<ShopContext>();
            first.Raise<IShopEvents>(shop => shop.Placed(1));
        }

        await using (var scope = provider.CreateAsyncScope())
        {
            var second = scope.ServiceProvider.GetRequiredService<ShopContext>();
            Assert.Same(first, second);
            await PlaceAsync(second, 2);
        }

        await _shop.AssertReceivedAsync(2);
    }

    [Fact]
    public async Task Services_without_a_bus_are_an_error_that_names_the_remedy()
    {
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options => options.UseNpgsql(_shop.DataSource).UseEventBus());
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();

        var missing = await Assert.ThrowsAsync<InvalidOperationException>(
            () => PlaceAsync(scope.ServiceProvider.GetRequiredService<ShopContext>(), 1));
        Assert.Contains("AddEventBus", missing.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));

        await using var alone = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(_shop.DataSource).UseEventBus().Options);
        missing = await Assert.ThrowsAsync<InvalidOperationException>(() => PlaceAsync(alone, 1));
        Assert.Contains("AddDbContext", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raise_on_a_context_without_UseEventBus_throws()
    {
        await using var db = new ShopContext(new DbContextOptionsBuilder<ShopContext>().UseNpgsql(_shop.DataSource).Options);

        var missing = Assert.Throws<InvalidOperationException>(() => db.Raise<IShopEvents>(shop => shop.Placed(1)));
        Assert.Contains("UseEventBus", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_of_another_database_writes_nothing()
    {
        await using var other = await Shop.OpenAsync(fixture.Server);
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(other.DataSource).UseEventBus(_shop.Bus).Options);

        var refused = await Assert.ThrowsAsync<EventNotSentException>(() => PlaceAsync(db, 1));
        Assert.Contains("database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await other.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task SaveChanges_with_an_attachment_before_the_publisher_has_started_is_refused()
    {
        // It cannot start, because there is no such role. Only the table is not known: the context has a connection.
        var nobody = new NpgsqlConnectionStringBuilder(_shop.DataSource.ConnectionString) { Username = "nobody" };
        await using var publisher = EventBusPublisher.Create(nobody.ConnectionString, Shop.Options);
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(_shop.DataSource).UseEventBus(publisher).Options);
        db.Raise<IShopEvents>(shop => shop.Photo(1, new byte[10]));

        var refused = Assert.Throws<EventNotSentException>(() => db.SaveChanges());
        Assert.Contains("SaveChangesAsync", refused.Message, StringComparison.Ordinal);
    }

    private static Task<int> PlaceAsync(ShopContext db, int number)
    {
        db.Add(new Order { Number = number });
        db.Raise<IShopEvents>(shop => shop.Placed(number));
        return db.SaveChangesAsync(Cancellation);
    }
}
