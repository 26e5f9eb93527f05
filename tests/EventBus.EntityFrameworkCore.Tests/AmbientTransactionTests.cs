using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Events of SaveChanges in a TransactionScope commit or roll back with it.</summary>
public sealed class AmbientTransactionTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_commits_rows_and_events_with_the_scope(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await SaveAsync(db, isSynchronous);
            db.Add(new Order { Number = 2 });
            db.Raise<IShopEvents>(shop => shop.Photo(2, new byte[10]));
            await SaveAsync(db, isSynchronous);
            db.Raise<IShopEvents>(shop => shop.Placed(3)); // without a row
            await SaveAsync(db, isSynchronous);
            scope.Complete();
        }

        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1, 2, 3);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_rolls_back_rows_and_events_with_the_scope(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await SaveAsync(db, isSynchronous);
        }

        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync();
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task SaveChanges_enlists_a_connection_that_was_opened_before_the_scope()
    {
        await using var db = _shop.CreateContext();
        await db.Database.OpenConnectionAsync(Cancellation);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await db.SaveChangesAsync(Cancellation);
        }

        await _shop.AssertReceivedAsync();
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task SaveChanges_refuses_a_connection_that_does_not_enlist_before_a_row_is_written()
    {
        await using var source = _shop.Database.CreateDataSource(static builder => builder.Enlist = false);
        await using var db = new ShopContext(
            new DbContextOptionsBuilder<ShopContext>().UseNpgsql(source).UseEventBus(_shop.Bus).Options);
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var refused = await Assert.ThrowsAsync<EventNotSentException>(() => db.SaveChangesAsync(Cancellation));
            Assert.False(refused.IsTransient);
            Assert.Contains("Enlist=false", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));

        // Outside of the scope, the same call sends.
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_whose_event_fails_leaves_the_scope_usable(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await SaveAsync(db, isSynchronous);

            db.Add(new Order { Number = 2 });
            db.Raise<IShopEvents>(shop => shop.Placed(2));
            var fails = true;
            db.Raise<IShopEvents>(shop => fails ? throw new InvalidOperationException("provoked") : shop.Placed(3));
            var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => SaveAsync(db, isSynchronous));
            Assert.Equal("provoked", failure.Message);

            // The row stays changed, and its events stay raised.
            fails = false;
            await SaveAsync(db, isSynchronous);
            scope.Complete();
        }

        await _shop.AssertReceivedAsync(1, 2, 3);
        Assert.Equal(2, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_whose_row_fails_leaves_the_scope_usable(bool isSynchronous)
    {
        await _shop.FailAsync("\"Orders\"", times: 1, atCommit: false);
        await using var db = _shop.CreateContext();
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Raise<IShopEvents>(shop => shop.Placed(1)); // without a row
            await SaveAsync(db, isSynchronous);
            db.Add(new Order { Number = 2 });
            db.Raise<IShopEvents>(shop => shop.Placed(2));
            await Assert.ThrowsAnyAsync<Exception>(() => SaveAsync(db, isSynchronous));
            await SaveAsync(db, isSynchronous);
            scope.Complete();
        }

        await _shop.AssertReceivedAsync(1, 2);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_that_cannot_be_undone_dooms_the_scope(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        db.Add(new Order { Number = 1 });
        var isLost = true;
        db.Raise<IShopEvents>(shop => isLost ? throw Lose() : shop.Placed(1));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => SaveAsync(db, isSynchronous));
        Assert.Equal("provoked", failure.Message);
        scope.Complete();
        Assert.Throws<TransactionAbortedException>(scope.Dispose);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));

        // The row stays changed, and its events stay raised.
        isLost = false;
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));

        InvalidOperationException Lose()
        {
            using var suppression = new TransactionScope(TransactionScopeOption.Suppress);
            using var command = _shop.DataSource.CreateCommand($"SELECT pg_terminate_backend({ProcessId()}, 10000)");
            command.ExecuteNonQuery();
            return new InvalidOperationException("provoked");
        }

        int ProcessId() => ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_repeats_events_together_with_unaccepted_rows(bool isCommitted)
    {
        await using var db = _shop.CreateContext();
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            db.Add(new Order { Number = 1 });
            db.Raise<IShopEvents>(shop => shop.Placed(1));
            await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
            if (isCommitted)
                scope.Complete();
        }

        if (isCommitted)
            db.ChangeTracker.AcceptAllChanges();
        await db.SaveChangesAsync(Cancellation);
        await _shop.AssertReceivedAsync(1);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Within_a_context_sends_in_the_scope_of_its_open_connection()
    {
        await using var db = _shop.CreateContext();
        var emitter = _shop.Bus.Emitter<IShopEvents>();
        using (var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var closed = Assert.Throws<InvalidOperationException>(() => emitter.Within(db));
            Assert.Contains("OpenConnectionAsync", closed.Message, StringComparison.Ordinal);
            await db.Database.OpenConnectionAsync(Cancellation);
            await emitter.Within(db).Placed(1);
            await _shop.Bus.Of().All.Within(db).EmitAsync("placed", new EventValue[] { 2 }, Cancellation);
            scope.Complete();
        }

        await db.Database.CloseConnectionAsync();
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await db.Database.OpenConnectionAsync(Cancellation);
            await emitter.Within(db).Placed(3);
        }

        await _shop.AssertReceivedAsync(1, 2);
    }

    private static async Task SaveAsync(ShopContext db, bool isSynchronous)
    {
        if (isSynchronous)
            db.SaveChanges();
        else
            await db.SaveChangesAsync(Cancellation);
    }
}
