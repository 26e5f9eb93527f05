using Microsoft.EntityFrameworkCore;

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
}
