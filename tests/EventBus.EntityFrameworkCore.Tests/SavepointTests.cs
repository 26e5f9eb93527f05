using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Savepoints of the application. EF Core does not tell their names.</summary>
public sealed class SavepointTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Savepoints_roll_events_back_with_their_rows()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await PlaceAsync(1);

        // SaveChanges fails, and rolls back to its own savepoint.
        await Assert.ThrowsAsync<DbUpdateException>(() => PlaceAsync(1));
        db.ChangeTracker.Clear();
        db.DiscardEvents();
        await PlaceAsync(2);

        await transaction.CreateSavepointAsync("here", Cancellation);
        await PlaceAsync(3);
        await transaction.RollbackToSavepointAsync("here", Cancellation);
        await PlaceAsync(4);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2, 4);
        Assert.Equal(3, await _shop.CountAsync("\"Orders\""));

        Task PlaceAsync(int number)
        {
            db.Add(new Order { Number = number });
            db.Raise<IShopEvents>(shop => shop.Placed(number));
            return db.SaveChangesAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Last_savepoint_repeats_unaccepted_rows_with_their_events()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        Add(db, 1);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
        db.ChangeTracker.AcceptAllChanges();
        Add(db, 2);
        await transaction.CreateSavepointAsync("here", Cancellation);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
        await transaction.RollbackToSavepointAsync("here", Cancellation);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Last_savepoint_leaves_events_before_the_first(bool hasEarlierTransaction)
    {
        await using var db = _shop.CreateContext();
        if (hasEarlierTransaction)
        {
            // Its savepoints do not count.
            await using var earlier = await db.Database.BeginTransactionAsync(Cancellation);
            await earlier.CreateSavepointAsync("here", Cancellation);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        Add(db, 1);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
        await transaction.CreateSavepointAsync("here", Cancellation);
        await transaction.RollbackToSavepointAsync("here", Cancellation);
        await transaction.CommitAsync(Cancellation);
        db.ChangeTracker.AcceptAllChanges();
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Earlier_savepoint_than_the_last_is_refused_while_rows_are_not_accepted()
    {
        await using var db = _shop.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            await transaction.CreateSavepointAsync("first", Cancellation);
            Add(db, 1);
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
            await transaction.CreateSavepointAsync("second", Cancellation);
            await transaction.ReleaseSavepointAsync("second", Cancellation);
            await transaction.RollbackToSavepointAsync("first", Cancellation);

            var refused = await Assert.ThrowsAsync<InvalidOperationException>(
                () => db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation));
            Assert.Contains("Roll the transaction back", refused.Message, StringComparison.Ordinal);
            refused = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(Cancellation));
            Assert.Contains("savepoint", refused.Message, StringComparison.Ordinal);
        }

        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Earlier_savepoint_than_the_last_rolls_accepted_rows_back_with_their_events()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await transaction.CreateSavepointAsync("first", Cancellation);
        Add(db, 1);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CreateSavepointAsync("second", Cancellation);
        Add(db, 2);
        await db.SaveChangesAsync(Cancellation);
        await transaction.RollbackToSavepointAsync("first", Cancellation);
        Add(db, 3);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(3);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    private static void Add(ShopContext db, int number)
    {
        db.Add(new Order { Number = number });
        db.Raise<IShopEvents>(shop => shop.Placed(number));
    }
}
