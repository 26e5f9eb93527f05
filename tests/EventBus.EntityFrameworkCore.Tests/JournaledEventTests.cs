using EventBus.Hosting;
using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>The rows of journaled events commit with those of the context.</summary>
public sealed class JournaledEventTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_writes_journaled_events_with_its_rows(bool isSynchronous)
    {
        await _shop.Database.ExecuteAsync(JournalTables.CreateSql(Shop.Options));
        await SaveAsync(1, isSynchronous);

        // The number of the order exists already, so its event is rolled back, too.
        await Assert.ThrowsAsync<DbUpdateException>(() => SaveAsync(1, isSynchronous));
        await SaveAsync(2, isSynchronous);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
        Assert.Equal(2, await _shop.CountAsync("eventbus_journal_events WHERE event = 'reserved' AND unique_id IS NOT NULL AND key <> 0"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_without_a_journal_saves_nothing_and_names_the_remedy(bool isSynchronous)
    {
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => SaveAsync(1, isSynchronous));
        Assert.Contains("JournalTables.CreateSql", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    private async Task SaveAsync(int number, bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        db.Add(new Order { Number = number });
        db.Raise<IStockEvents>(stock => stock.Reserved(number));
        _ = isSynchronous ? db.SaveChanges() : await db.SaveChangesAsync(Cancellation);
    }
}
