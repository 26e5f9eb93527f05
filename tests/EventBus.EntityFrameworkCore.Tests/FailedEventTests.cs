using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Events that fail in a transaction of the application, after their rows were written: it contains both, or neither.</summary>
public sealed class FailedEventTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;
    private bool _fails = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Failed_event_rolls_its_rows_back()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await PlaceAsync(db);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
        await _shop.AssertReceivedAsync();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Repeated_call_writes_rows_and_events_again(bool isSynchronous, bool hasSavepoints)
    {
        await using var db = _shop.CreateContext();
        db.Database.AutoSavepointsEnabled = hasSavepoints;
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await PlaceAsync(db, isSynchronous);
        Assert.Equal(hasSavepoints, db.Database.AutoSavepointsEnabled);
        _fails = false;
        if (isSynchronous)
            db.SaveChanges();
        else
            await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_event_of_one_context_leaves_those_of_another_in_the_transaction(bool repeats)
    {
        await using var first = _shop.CreateContext();
        await using var transaction = await first.Database.BeginTransactionAsync(Cancellation);
        await using var second = new ShopContext(new DbContextOptionsBuilder<ShopContext>()
            .UseNpgsql(first.Database.GetDbConnection()).UseEventBus(_shop.Bus).Options);
        await second.Database.UseTransactionAsync(transaction.GetDbTransaction(), Cancellation);
        first.Add(new Order { Number = 2 });
        first.Raise<IShopEvents>(shop => shop.Placed(3));
        await first.SaveChangesAsync(Cancellation);
        await PlaceAsync(second);
        _fails = false;
        if (repeats)
            await second.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(repeats ? [3, 1, 2] : [3]);
        Assert.Equal(repeats ? 2 : 1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_event_of_a_removed_entity_restores_its_row(bool givesUp)
    {
        await using var db = _shop.CreateContext();
        var ticket = new Ticket();
        db.Add(ticket);
        await db.SaveChangesAsync(Cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        db.Remove(ticket);
        ticket.Events.Raise<IShopEvents>(shop => _fails ? throw new InvalidDataException("provoked") : shop.Placed(5));
        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
        _fails = false;
        if (givesUp)
            db.ChangeTracker.Clear();
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(givesUp ? [] : [5]);
        Assert.Equal(givesUp ? 1 : 0, await _shop.CountAsync("\"Tickets\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_is_refused_if_rows_of_a_failed_event_cannot_be_rolled_back(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        var sending = Task.CompletedTask;
        await using (var locking = await _shop.DataSource.OpenConnectionAsync(Cancellation))
        await using (var held = await locking.BeginTransactionAsync(Cancellation))
        {
            // The statement waits for the lock, so it runs while the lambda fails.
            await using (var command = new NpgsqlCommand("LOCK TABLE socket_io_attachments", locking))
                await command.ExecuteNonQueryAsync(Cancellation);
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop =>
            {
                sending = shop.Photo(1, new byte[10]).AsTask();
                throw new InvalidDataException("provoked");
            });
            await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
        }

        await sending;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => isSynchronous ? Task.Run(transaction.Commit, Cancellation) : transaction.CommitAsync(Cancellation));
        Assert.Contains("Roll the transaction back", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Contains("Roll the transaction back", refused.Message, StringComparison.Ordinal);
        await transaction.RollbackAsync(Cancellation);

        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
        await _shop.AssertReceivedAsync();
    }

    [Fact]
    public async Task Event_that_PostgreSQL_rejects_can_be_sent_again()
    {
        await _shop.FailAsync("socket_io_attachments", times: 1, atCommit: false, PostgresErrorCodes.RaiseException);
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>(shop => shop.Photo(2, new byte[10]));
        var rejected = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(PostgresErrorCodes.RaiseException, Assert.IsType<PostgresException>(rejected.InnerException).SqlState);
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_rows_and_events_outlive_their_transaction(bool isRolledBack)
    {
        await using var db = _shop.CreateContext();
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
        {
            await PlaceAsync(db);
            if (isRolledBack)
                await transaction.RollbackAsync(Cancellation);
        }

        _fails = false;
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Failure_before_the_savepoint_leaves_the_transaction_usable()
    {
        _fails = false;
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        db.Add(new Order { Number = 2 });
        db.Raise<IShopEvents>(shop => shop.Placed(3));
        await using (var open = new NpgsqlCommand("SELECT generate_series(1, 2)", (NpgsqlConnection)db.Database.GetDbConnection()))
        {
            await using var reader = await open.ExecuteReaderAsync(Cancellation);
            await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync(Cancellation));
        }

        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await _shop.AssertReceivedAsync(3);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Failed_rows_and_events_outlive_their_savepoints()
    {
        await using var db = _shop.CreateContext();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
        await transaction.CreateSavepointAsync("first", Cancellation);
        await PlaceAsync(db);
        await transaction.CreateSavepointAsync("second", Cancellation);
        await transaction.RollbackToSavepointAsync("first", Cancellation);
        _fails = false;
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
