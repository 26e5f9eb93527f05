using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Events that go out with <c>SaveChanges</c>, without a transaction of the application.</summary>
public sealed class SaveChangesTests(DatabaseFixture fixture) : IAsyncLifetime
{
    private Shop _shop = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync(fixture.Server);

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveChanges_commits_one_row_with_its_events(bool isSynchronous)
    {
        await using var db = _shop.CreateContext();
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>((shop, cancellationToken) => shop.Photo(2, new byte[10], cancellationToken));
        db.Raise<IShopEvents>(async shop =>
        {
            await shop.Placed(3);
            await shop.Placed(4);
        });

        Assert.Equal(1, isSynchronous ? db.SaveChanges() : await db.SaveChangesAsync(Cancellation));

        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
        Assert.Equal(0, await db.SaveChangesAsync(Cancellation));
        await _shop.AssertReceivedAsync(1, 2, 3, 4);
        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Failed_SaveChanges_sends_nothing_and_its_events_stay_pending(bool isSynchronous)
    {
        await _shop.Database.ExecuteAsync("""INSERT INTO "Orders" VALUES (gen_random_uuid(), 1)""");
        await using var db = _shop.CreateContext();
        var order = new Order { Number = 1 };
        db.Add(order);
        db.Raise<IShopEvents>(shop => shop.Placed(order.Number));

        if (isSynchronous)
            Assert.Throws<DbUpdateException>(() => db.SaveChanges());
        else
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);
        order.Number = 2;
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(2);
    }

    [Fact]
    public async Task Failed_event_writes_no_row()
    {
        await using var db = _shop.CreateContext();
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.Raise<IShopEvents>(_ => throw new InvalidDataException("provoked"));

        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
        await _shop.AssertReceivedAsync();
    }

    [Fact]
    public async Task Conflict_restores_the_setting_and_ends_the_call()
    {
        await using var db = _shop.CreateContext();
        db.Remove(new Order { Number = 1 }); // There is no such row.
        db.Raise<IShopEvents>(shop => shop.Placed(1));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(AutoTransactionBehavior.WhenNeeded, db.Database.AutoTransactionBehavior);

        // A transaction of the application is no part of the call that failed.
        await using (var transaction = await db.Database.BeginTransactionAsync(Cancellation))
            await transaction.CommitAsync(Cancellation);
        await _shop.AssertReceivedAsync();
    }

    [Fact]
    public async Task Events_of_entities_and_of_the_context_keep_one_order()
    {
        await using var db = _shop.CreateContext();
        var (first, second) = (new Ticket(), new Ticket());
        db.AddRange(second, first);
        first.Raise(1);
        db.Raise<IShopEvents>(shop => shop.Placed(2));
        second.Raise(3);
        first.Raise(4);

        await db.SaveChangesAsync(Cancellation);
        Assert.Equal(0, first.Events.Count + second.Events.Count);
        db.Remove(first);
        first.Raise(5);
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task Entities_that_share_a_collection_send_each_event_once()
    {
        await using var db = _shop.CreateContext();
        var ticket = new Ticket();
        ticket.Seats.Add(new Seat { Events = ticket.Events });
        ticket.Raise(1);
        db.Add(ticket);

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(1);
        Assert.Equal(0, ticket.Events.Count);
    }

    [Fact]
    public async Task Entity_whose_property_nothing_can_set_is_saved_beside_an_event()
    {
        await using var db = _shop.CreateContext();
        var price = new Price(5);
        db.Add(price);
        db.Raise<IShopEvents>(shop => shop.Placed(price.Id));
        await db.SaveChangesAsync(Cancellation);

        Assert.Equal(1, price.Id);
        await _shop.AssertReceivedAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_that_are_not_accepted_are_repeated_with_their_events(bool accepts)
    {
        await using var db = _shop.CreateContext();
        db.Add(new Ticket());
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, Cancellation);
        if (accepts)
            db.ChangeTracker.AcceptAllChanges();
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync(accepts ? [1] : [1, 1]);
        Assert.Equal(accepts ? 1 : 2, await _shop.CountAsync("\"Tickets\""));
    }

    [Fact]
    public async Task Thousand_entities_send_their_events_in_order()
    {
        await using var db = _shop.CreateContext();
        for (var number = 0; number < 1000; number++)
        {
            var ticket = new Ticket();
            ticket.Raise(number);
            db.Add(ticket);
        }

        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync([.. Enumerable.Range(0, 1000)]);
        Assert.Equal(1000, await _shop.CountAsync("\"Tickets\""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_without_rows_are_sent_in_a_transaction_of_their_own(bool retries)
    {
        await using var db = retries ? _shop.CreateRetryingContext() : _shop.CreateContext();
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        Assert.Equal(0, await db.SaveChangesAsync(Cancellation));
        db.Raise<IShopEvents>(shop => shop.Placed(2));
        Assert.Equal(0, db.SaveChanges());
        Assert.Equal(0, await db.SaveChangesAsync(Cancellation));

        await _shop.AssertReceivedAsync(1, 2);
    }

    [Fact]
    public async Task Events_read_keys_that_the_database_has_generated()
    {
        await using var db = _shop.CreateContext();
        var ticket = new Ticket { Seats = { new Seat() } };
        ticket.Raise();
        ticket.Events.Raise<IShopEvents>(shop => shop.Placed(ticket.Seats[0].TicketId));
        db.Add(ticket);
        await _shop.Database.ExecuteAsync("""ALTER SEQUENCE "Tickets_Id_seq" RESTART WITH 77""");

        await db.SaveChangesAsync(Cancellation);

        Assert.Equal(77, ticket.Id);
        await _shop.AssertReceivedAsync(77, 77);
    }

    [Fact]
    public async Task Generated_keys_are_taken_back_if_the_commit_fails()
    {
        await _shop.FailAsync("\"Tickets\"", times: 1, atCommit: true);
        await using var db = _shop.CreateContext();
        var ticket = new Ticket();
        ticket.Raise();
        db.Add(ticket);

        // Without a strategy that retries, EF Core wraps a transient failure of the commit.
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Cancellation));
        Assert.Equal(PostgresErrorCodes.SerializationFailure, Assert.IsType<PostgresException>(failure.InnerException).SqlState);
        Assert.Equal(0, ticket.Id);
        await db.SaveChangesAsync(Cancellation);

        Assert.Equal(2, ticket.Id);
        await _shop.AssertReceivedAsync(2);
    }

    [Fact]
    public async Task Events_raised_by_an_interceptor_of_the_application_commit_with_the_row()
    {
        var interceptor = new AuditInterceptor();
        await using var db = _shop.CreateContext(interceptor);
        db.Add(new Order { Number = 1 });
        await db.SaveChangesAsync(Cancellation);
        interceptor.Fails = true;
        db.Add(new Order { Number = 2 });
        await Assert.ThrowsAsync<InvalidDataException>(() => db.SaveChangesAsync(Cancellation));

        Assert.Equal(1, await _shop.CountAsync("\"Orders\""));
        await _shop.AssertReceivedAsync(1);
    }

    [Fact]
    public async Task DiscardEvents_forgets_the_events_of_the_context()
    {
        await using var db = _shop.CreateContext();
        db.Raise<IShopEvents>(shop => shop.Placed(1));
        db.DiscardEvents();
        await db.SaveChangesAsync(Cancellation);

        await _shop.AssertReceivedAsync();
    }

    [Fact]
    public async Task SaveChanges_refuses_an_event_that_awaits_more_than_its_sender()
    {
        await using var db = _shop.CreateContext();
        var never = new TaskCompletionSource();
        db.Add(new Order { Number = 1 });
        db.Raise<IShopEvents>(async shop =>
        {
            await never.Task;
            await shop.Placed(1);
        });

        var exception = Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
        Assert.Contains("SaveChangesAsync", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _shop.CountAsync("\"Orders\""));
    }

    [Fact]
    public async Task Refused_event_that_fails_later_is_no_unobserved_exception()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        TaskScheduler.UnobservedTaskException += Record;
        try
        {
            await using (var db = _shop.CreateContext())
                Refuse(db);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Record;
        }

        Assert.DoesNotContain(unobserved, static exception => exception is NotFiniteNumberException);

        void Record(object? sender, UnobservedTaskExceptionEventArgs arguments) =>
            arguments.Exception.Flatten().InnerExceptions.ToList().ForEach(unobserved.Enqueue);

        // No frame of the test refers to the task afterwards.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Refuse(ShopContext db)
        {
            var later = new TaskCompletionSource();
            db.Raise<IShopEvents>(async _ =>
            {
                await later.Task;
                throw new NotFiniteNumberException();
            });
            Assert.Throws<InvalidOperationException>(() => db.SaveChanges());
            later.SetResult();
        }
    }
}
