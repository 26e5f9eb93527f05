using System.Transactions;
using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Events in a transaction of the application.</summary>
public sealed class TransactionTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Within_a_context_sends_in_its_transaction()
    {
        await using var publisher = EventBusPublisher.Create(_shop.DataSource, Shop.Options);
        await using var db = _shop.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            await _shop.Bus.Emitter<IShopEvents>().Within(db).Placed(1);
            await _shop.Bus.Emitter<IShopEvents>().All.Within(db).Placed(2);
            await publisher.Emitter<IShopEvents>().Within(db).Placed(3);
            await _shop.Bus.Emitter<IShopEvents>().Within(transaction).Placed(4);
            await _shop.Bus.Emitter<IShopEvents>().All.Within(transaction).Placed(5);
            await publisher.Emitter<IShopEvents>().Within(transaction).Placed(6);
            await _shop.Bus.Of().All.Within(db).EmitAsync("placed", new EventValue[] { 7 }, Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        await using (await db.Database.BeginTransactionAsync(Cancellation))
            await _shop.Bus.Emitter<IShopEvents>().Within(db).Placed(8);

        await _shop.AssertReceivedAsync(1, 2, 3, 4, 5, 6, 7);
    }

    [Fact]
    public async Task Within_a_context_without_a_transaction_throws()
    {
        await using var db = _shop.CreateContext();
        var emitter = _shop.Bus.Emitter<IShopEvents>();

        var missing = Assert.Throws<InvalidOperationException>(() => emitter.Within(db));
        Assert.Contains("Database.BeginTransactionAsync", missing.Message, StringComparison.Ordinal);
        using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        missing = Assert.Throws<InvalidOperationException>(() => emitter.Within(db));
        Assert.Contains("TransactionScope", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_sends_when_the_transaction_commits(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        var ticket = new Ticket();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            ticket.Raise();
            db.Add(ticket);
            await SaveAsync(db, isSynchronous);
            db.Raise<IShopEvents>(shop => shop.Photo(2, new byte[10]));
            await SaveAsync(db, isSynchronous);
            if (isSynchronous)
                transaction.Commit();
            else
                await transaction.CommitAsync(Cancellation);
        }

        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1, 2);
    }

    [Fact]
    public async Task Rolled_back_events_follow_their_rows()
    {
        await using var db = _shop.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await db.SaveChangesAsync(Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        // EF Core has accepted the order, so it writes neither the row nor the event again.
        Assert.Equal(0, await db.SaveChangesAsync(Cancellation));
        db.Add(new Order { Number = 2 });
        db.Raise<IShopEvents>(shop => shop.Placed(2));
        await using (await db.Database.BeginTransactionAsync(Cancellation))
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);

        // Now it has not accepted it.
        Assert.Equal(1, await db.SaveChangesAsync(Cancellation));
        await _shop.AssertReceivedAsync(2);
    }

    [Fact]
    public async Task Two_contexts_can_share_a_transaction()
    {
        await using var first = _shop.CreateContext();
        await using var transaction = await first.Database.BeginTransactionAsync(Cancellation);
        await using var second = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(first.Database.GetDbConnection()).UseEventBus(_shop.Bus).Options);
        await second.Database.UseTransactionAsync(transaction.GetDbTransaction(), Cancellation);

        second.Add(new Order { Number = 2 });
        second.Raise<IShopEvents>(shop => shop.Placed(2));
        first.Add(new Order { Number = 1 });
        first.Raise<IShopEvents>(shop => shop.Placed(1));
        await first.SaveChangesAsync(Cancellation);
        await second.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
    }

    private static Task SaveAsync(ShopContext db, bool isSynchronous)
    {
        if (!isSynchronous)
            return db.SaveChangesAsync(Cancellation);
        db.SaveChanges();
        return Task.CompletedTask;
    }
}
