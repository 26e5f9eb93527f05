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
        _interceptor.ThrowOnce(nameof(ActingInterceptor.SavingChangesAsync));
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
        _interceptor.ThrowOnce(nameof(ActingInterceptor.SaveChangesFailedAsync));
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

    [Fact]
    public async Task SaveChanges_of_an_earlier_interceptor_sends_no_event_again()
    {
        await using var db = _shop.CreateContextAfter(_interceptor);
        _interceptor.Once(nameof(ActingInterceptor.SavedChangesAsync), static db =>
        {
            db.Add(new Order { Number = 2 });
            return db.SaveChangesAsync(Cancellation);
        });
        Add(db, 1);

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Failure_of_an_earlier_interceptor_after_the_commit_sends_no_event_again()
    {
        await using var db = _shop.CreateContextAfter(_interceptor);
        _interceptor.ThrowOnce(nameof(ActingInterceptor.SavedChangesAsync));
        Add(db, 1);

        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failure_of_an_earlier_interceptor_keeps_rows_and_events_together(bool commits)
    {
        await using var db = _shop.CreateContextAfter(_interceptor);
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            _interceptor.ThrowOnce(nameof(ActingInterceptor.SavedChangesAsync));
            Add(db, 1);
            await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
            if (commits)
                await transaction.CommitAsync(Cancellation);
        }

        await db.SaveChangesAsync(Cancellation); // EF Core has accepted the row.
        await _shop.AssertReceivedAsync(commits ? [1] : []);
        Assert.Equal(commits ? 1 : 0, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_within_SaveChanges_is_refused(bool isEarlier)
    {
        await using var db = isEarlier ? _shop.CreateContextAfter(_interceptor) : _shop.CreateContext(_interceptor);
        _interceptor.Once(
            nameof(ActingInterceptor.TransactionCommittingAsync), static db => db.SaveChangesAsync(Cancellation));
        Add(db, 1);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Contains("another SaveChanges", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));

        await AssertNoStateAsync(db);
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Row_that_an_interceptor_adds_before_the_commit_sends_no_event_again()
    {
        await using var db = _shop.CreateContextAfter(_interceptor);
        _interceptor.Once(nameof(ActingInterceptor.TransactionCommittingAsync), static db =>
        {
            db.Add(new Order { Number = 2 }); // The next SaveChanges writes it.
            return Task.CompletedTask;
        });
        Add(db, 1);
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal(1, await db.SaveChangesAsync(Cancellation));

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_raised_after_the_commit_is_sent_by_the_next_SaveChanges(bool hasRow)
    {
        await using var db = _shop.CreateContext(_interceptor);
        var number = 2;
        _interceptor.Once(nameof(ActingInterceptor.TransactionCommittedAsync), db =>
        {
            db.Raise<IShopEvents>(shop => shop.Placed(number));
            return Task.CompletedTask;
        });
        if (hasRow)
            Add(db, 1);
        else
            db.Raise<IShopEvents>(shop => shop.Placed(1));
        await db.SaveChangesAsync(Cancellation);
        number = 3;
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 3);
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
