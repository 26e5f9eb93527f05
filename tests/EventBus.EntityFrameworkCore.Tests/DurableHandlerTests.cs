using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>A durable handler saves rows in the transaction of its position.</summary>
public sealed class DurableHandlerTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task UseDurableAsync_saves_the_rows_of_each_event_once_although_attempts_fail()
    {
        await _shop.Database.ExecuteAsync(JournalTables.CreateSql(Shop.Options));
        var services = new ServiceCollection();
        services.AddDbContext<ShopContext>(options => options.UseNpgsql(_shop.DataSource));
        services.AddEventBus(_shop.DataSource, static options => options.CreateTable = false)
            .AddHandler<IStockEvents, StockHandler>()
            .Durable("stock", configure: static options => options.FirstRetry = TimeSpan.FromMilliseconds(1));
        await using var provider = services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single();
        await hosted.StartingAsync(Cancellation);
        await hosted.StartedAsync(Cancellation);
        for (var article = 1; article <= 20; article++)
            await _shop.Bus.Emitter<IStockEvents>().Reserved(article);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _shop.CountAsync("\"Orders\" WHERE \"Number\" = 20") == 0)
            await Task.Delay(20, limit.Token);
        Assert.Equal(20, await _shop.CountAsync("\"Orders\""));
        Assert.Equal(0, await _shop.CountAsync("eventbus_journal_dead_letters"));
        await hosted.StoppingAsync(Cancellation);
        await hosted.StoppedAsync(Cancellation);
    }

    /// <summary>Saves an order, and fails afterwards in the first attempt at each third one.</summary>
    internal sealed class StockHandler(ShopContext db, DurableContext context) : IStockEvents
    {
        public async ValueTask Reserved(int article)
        {
            await db.UseDurableAsync(context);
            db.Add(new Order { Number = article });
            await db.SaveChangesAsync();
            if (article % 3 == 0 && context.Attempt == 1)
                throw new InvalidOperationException("again");
        }
    }
}
