using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Calls of <c>SaveChanges</c> and commits that EF Core does not report to the end.</summary>
public sealed class InterceptedTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private readonly ActingInterceptor _interceptor = new();
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verified_commit_sends_its_events_once(bool changesAgain)
    {
        await using var db = _shop.CreateRetryingContext(_interceptor);
        _interceptor.LosesCommit = true;
        var order = Add(db, 1);

        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            db,
            static (db, cancellationToken) => db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken),
            static (db, cancellationToken) => db.Orders.AsNoTracking().AnyAsync(cancellationToken),
            Cancellation);
        Assert.False(_interceptor.LosesCommit);
        db.ChangeTracker.AcceptAllChanges();
        if (changesAgain)
            order.Number = 2;
        db.Raise<IShopEvents>(shop => shop.Placed(3));
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 3);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Lost_commit_that_is_not_verified_repeats_rows_and_events()
    {
        await using var db = _shop.CreateRetryingContext(_interceptor);
        _interceptor.LosesCommit = true;
        db.Add(new Ticket());
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 1);
        Assert.Equal(2, await _shop.CountAsync("\"Tickets\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_of_the_transaction_itself_sends_its_events_once(bool isAccepted)
    {
        await using var connection = await _shop.DataSource.OpenConnectionAsync(Cancellation);
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(connection).UseEventBus(_shop.Bus).Options);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await db.Database.UseTransactionAsync(transaction, Cancellation);
            Add(db, 1);
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
            await transaction.CommitAsync(Cancellation);
            await db.Database.UseTransactionAsync(null, Cancellation);
        }

        if (isAccepted)
        {
            db.ChangeTracker.AcceptAllChanges();
            await db.SaveChangesAsync(Cancellation);
        }
        else
        {
            // The row is written again, so the event is sent with it, and both fail.
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        }

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Call_that_an_interceptor_refuses_leaves_no_state()
    {
        await using var db = _shop.CreateContext(_interceptor);
        _interceptor.ThrowsInSavingChanges = true;
        Add(db, 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));

        await AssertNoStateAsync(db);
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
    }

    [Fact]
    public async Task Failure_that_another_interceptor_hides_leaves_no_state()
    {
        await _shop.Database.ExecuteAsync("""INSERT INTO "Orders" VALUES (gen_random_uuid(), 1)""");
        await using var db = _shop.CreateContext(_interceptor);
        _interceptor.ThrowsInSaveChangesFailed = true;
        var order = Add(db, 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));

        await AssertNoStateAsync(db);
        order.Number = 2;
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Suppressed_SaveChanges_keeps_its_events(bool hasTransaction)
    {
        await using var db = _shop.CreateContext(_interceptor);
        await using (var transaction = hasTransaction ? await db.Database.BeginTransactionAsync(Cancellation) : null)
        {
            _interceptor.SuppressesSaveChanges = true;
            var number = 1;
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(number));
            Assert.Equal(0, await db.SaveChangesAsync(Cancellation));
            number = 2; // The event that is received was sent by the second call.
            Assert.Equal(1, await db.SaveChangesAsync(Cancellation));
            if (transaction is not null)
                await transaction.CommitAsync(Cancellation);
        }

        await _shop.AssertReceivedAsync(2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    private static Order Add(ShopContext db, int number)
    {
        var order = new Order { Number = number };
        db.Add(order);
        db.Raise<IShopEvents>(shop => shop.Placed(number));
        return order;
    }

    // A transaction of the application that commits sends nothing, and the setting is the user's.
    private static async Task AssertNoStateAsync(ShopContext db)
    {
        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);
    }
}
