using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Events that fail in a transaction of the application, after their rows were written.</summary>
public sealed class FailedEventTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;
    private bool _fails = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repeated_call_sends_each_event_once(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await PlaceAsync(db, isSynchronous);
        _fails = false;
        if (isSynchronous)
            db.SaveChanges();
        else
            await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Event_that_PostgreSQL_rejects_can_be_sent_again()
    {
        await _shop.FailAsync("socket_io_attachments", times: 1, atCommit: false);
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>(shop => shop.Photo(2, new byte[10]));
        var conflict = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(PostgresErrorCodes.SerializationFailure, Assert.IsType<PostgresException>(conflict.InnerException).SqlState);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_are_forgotten_with_accepted_rows(bool isRolledBack)
    {
        await using var db = _shop.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            await PlaceAsync(db);
            if (isRolledBack)
                await transaction.RollbackAsync(Cancellation);
        }

        _fails = false;
        db.Raise<IShopEvents>(shop => shop.Placed(3));
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(3);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Events_are_forgotten_with_a_savepoint()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await transaction.CreateSavepointAsync("here", Cancellation);
        await PlaceAsync(db);
        await transaction.RollbackToSavepointAsync("here", Cancellation);
        _fails = false;
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync();
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Savepoint_repeats_unaccepted_rows_with_their_events()
    {
        _fails = false;
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await transaction.CreateSavepointAsync("here", Cancellation);
        Add(db);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
        await transaction.RollbackToSavepointAsync("here", Cancellation);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Events_are_repeated_with_unaccepted_rows()
    {
        await using var db = _shop.CreateContext();
        await using (await db.Database.BeginTransactionAsync(Cancellation))
        {
            Add(db);
            await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation));
        }

        _fails = false;
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lambda_that_runs_on_sends_in_no_other_transaction(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        var later = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sending = Task.CompletedTask;
        db.Raise<IShopEvents>(shop =>
        {
            sending = SendAsync(shop);
            return isSynchronous ? new ValueTask(sending) : ValueTask.CompletedTask;
        });
        await using (await db.Database.BeginTransactionAsync(Cancellation))
        {
            if (isSynchronous)
                Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
            else
                await db.SaveChangesAsync(Cancellation);
        }

        // Npgsql reuses the object of the transaction for the next one of the connection.
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            later.SetResult();
            await Assert.ThrowsAsync<EventNotSentException>(() => sending);
            await transaction.CommitAsync(Cancellation);
        }

        await _shop.AssertReceivedAsync();

        async Task SendAsync(TransactionOperator<IShopEvents> shop)
        {
            await later.Task;
            await shop.Placed(1);
        }
    }

    private void Add(ShopContext db)
    {
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>(shop => _fails ? throw new InvalidDataException("provoked") : shop.Placed(2));
    }

    private async Task PlaceAsync(ShopContext db, bool isSynchronous = false)
    {
        Add(db);
        if (isSynchronous)
            Assert.Throws<InvalidDataException>(() => db.SaveChanges());
        else
            await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
    }
}
