using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Attempts that EF Core repeats: rows and events are repeated together.</summary>
public sealed class RetryTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_commits_are_repeated_with_their_events(bool isSynchronous)
    {
        await _shop.FailAsync("\"Orders\"", times: 2, atCommit: true);
        await using var db = _shop.CreateRetryingContext();
        var attempts = 0;
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(++attempts));

        Assert.Equal(1, isSynchronous ? db.SaveChanges() : await db.SaveChangesAsync(Cancellation));

        await _shop.AssertReceivedAsync(3);
        Assert.Equal(3, await _shop.AttemptsAsync());
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transient_failure_of_an_event_is_repeated(bool hasRow)
    {
        await _shop.FailAsync("socket_io_attachments", times: 1, atCommit: false);
        await using var db = _shop.CreateRetryingContext();
        if (hasRow)
            db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>(shop => shop.Photo(2, new byte[10]));

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(2, await _shop.AttemptsAsync());
        Assert.Equal(hasRow ? 1 : 0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Error_that_the_application_adds_repeats_events_too()
    {
        await _shop.FailAsync("socket_io_attachments", times: 1, atCommit: false, PostgresErrorCodes.RaiseException);
        await using var db = _shop.CreateRetryingContext([PostgresErrorCodes.RaiseException]);
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Photo(1, new byte[10]));

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(2, await _shop.AttemptsAsync());
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Event_without_rows_is_repeated_with_its_transaction()
    {
        await _shop.FailAsync("\"Orders\"", times: 1, atCommit: true);
        await using var db = _shop.CreateRetryingContext();
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await InsertWithoutTrackingAsync(db);
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(2, await _shop.AttemptsAsync());
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Event_without_rows_is_sent_once_if_its_lost_commit_is_verified()
    {
        var interceptor = new ActingInterceptor { LosesCommit = true };
        await using var db = _shop.CreateRetryingContext(interceptor);
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await InsertWithoutTrackingAsync(db);
        Assert.False(interceptor.LosesCommit);
        db.Raise<IShopEvents>(shop => shop.Placed(2));
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Event_without_rows_is_forgotten_with_a_transaction_that_is_not_repeated()
    {
        await _shop.FailAsync("\"Orders\"", times: 1, atCommit: true, PostgresErrorCodes.RaiseException);
        await using var db = _shop.CreateRetryingContext();
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await Assert.ThrowsAsync<PostgresException>(() => InsertWithoutTrackingAsync(db));
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync();
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Transaction_with_unaccepted_changes_is_repeated_with_its_events()
    {
        await _shop.FailAsync("\"Orders\"", times: 1, atCommit: true);
        await using var db = _shop.CreateRetryingContext();
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            db,
            static (db, cancellationToken) => db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken),
            static (db, cancellationToken) => db.Orders.AsNoTracking().AnyAsync(cancellationToken),
            Cancellation);
        db.ChangeTracker.AcceptAllChanges();
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    // EF Core does not track the row, so only the strategy knows that the block is repeated.
    private static Task InsertWithoutTrackingAsync(ShopContext db) => db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
        db,
        static async (db, cancellationToken) =>
        {
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Orders" VALUES (gen_random_uuid(), 1)""", cancellationToken);
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        },
        static (db, cancellationToken) => db.Orders.AsNoTracking().AnyAsync(cancellationToken),
        Cancellation);
}
