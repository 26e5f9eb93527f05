using EventBus.IntegrationTests.Journal;
using EventBus.IntegrationTests.Transport;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>Nodes of one group share the events of the journal.</summary>
public sealed class DurableHandlerTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Durable_two_nodes_handle_each_event_once_and_in_the_order_of_its_key()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        await cluster.StartAsync(partitions: 4);
        await cluster.StartAsync(partitions: 4);
        await UntilSharedAsync(cluster, owners: 2);
        await cluster.EmitAsync(Enumerable.Range(1, 200));

        await cluster.Log.UntilAsync(static calls => calls.Count >= 200);
        Assert.Equal(Enumerable.Range(1, 200), cluster.Log.Numbers.Order());
        Assert.Equal(2, cluster.Log.Calls.Select(static call => call.Node).Distinct().Count());
        Assert.All(
            cluster.Log.Calls.GroupBy(static call => call.Key),
            static calls => Assert.Equal(calls.Select(static call => call.Number).Order(), calls.Select(static call => call.Number)));
        Assert.Equal(200, cluster.Log.Calls.Select(static call => call.Identity).Distinct().Count());
    }

    [Fact]
    public async Task Durable_handles_after_a_restart_what_was_sent_meanwhile()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        var host = await cluster.StartAsync();
        await cluster.EmitAsync([1]);
        await cluster.Log.UntilAsync(static calls => calls.Count == 1);
        await cluster.StopAsync(host);
        Assert.Equal(0, await cluster.Journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal_cursors WHERE owner IS NOT NULL"));
        await cluster.EmitAsync([2, 3]);

        await cluster.StartAsync();
        await cluster.Log.UntilAsync(static calls => calls.Count >= 3);
        await cluster.EmitAsync([4]);
        await cluster.Log.UntilAsync(static calls => calls.Count >= 4);
        Assert.Equal([1, 2, 3, 4], cluster.Log.Numbers);
    }

    [Theory]
    [InlineData(DurableStart.Oldest, new[] { 1, 2, 3 })]
    [InlineData(DurableStart.Now, new[] { 3 })]
    public async Task Durable_a_new_group_begins_where_it_is_told(DurableStart start, int[] numbers)
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        await cluster.EmitAsync([1, 2]);
        await cluster.StartAsync(configure: options => options.Start = start);
        await cluster.EmitAsync([3]);
        await cluster.Log.UntilAsync(static calls => calls.Any(static call => call.Number == 3));
        Assert.Equal(numbers, cluster.Log.Numbers);
    }

    [Fact]
    public async Task Durable_wakes_up_for_the_events_of_its_own_node()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        var host = await cluster.StartAsync();
        var emitter = host.Services.GetRequiredService<Emitter<IWorkEvents>>();
        for (var number = 1; number <= 3; number++)
        {
            await emitter.Done("k", number);
            await cluster.Log.UntilAsync(calls => calls.Count == number).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        }
    }

    [Fact]
    public async Task Transaction_of_a_handler_that_fails_at_times_commits_each_event_once()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = async (call, context) =>
        {
            await WorkLog.WriteAsync(call, context);
            if (call.Number % 7 == 0 && call.Attempt == 1)
                throw new InvalidOperationException("again");
        };
        await cluster.StartAsync();
        await cluster.EmitAsync(Enumerable.Range(1, 50));
        await cluster.UntilAsync("SELECT count(DISTINCT number) = 50 FROM work");
        Assert.Equal(50, await cluster.Journal.ReadOneAsync<long>("SELECT count(*) FROM work"));
        Assert.Equal(0, await cluster.Journal.ReadOneAsync<long>("SELECT count(*) FROM eventbus_journal_dead_letters"));
    }

    [Fact]
    public async Task Durable_a_failing_event_without_a_transaction_repeats_only_itself()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = static (call, _) => call is { Number: 3, Attempt: < 4 }
            ? throw new InvalidOperationException("again")
            : Task.CompletedTask;
        await cluster.EmitAsync(Enumerable.Range(1, 5));
        await cluster.StartAsync(configure: static options => options.Start = DurableStart.Oldest);
        await cluster.Log.UntilAsync(static calls => calls.Any(static call => call.Number == 5));
        Assert.Equal([1, 2, 3, 3, 3, 3, 4, 5], cluster.Log.Numbers);
        Assert.Equal([1, 2, 3, 4], cluster.Log.Calls.Where(static call => call.Number == 3).Select(static call => call.Attempt));
    }

    [Fact]
    public async Task Transaction_that_the_handler_has_broken_is_an_attempt()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = static async (call, context) =>
        {
            await WorkLog.WriteAsync(call, context);
            if (call.Number != 2)
                return;
            await using var command = new Npgsql.NpgsqlCommand("SELECT 1 / 0", context.Connection);
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
        };
        await cluster.EmitAsync([1, 2, 3]);
        await cluster.StartAsync(configure: static options => (options.Start, options.MaxAttempts) = (DurableStart.Oldest, 2));
        await cluster.UntilAsync("SELECT count(*) = 2 FROM work");
        Assert.Equal([1, 3], await cluster.Journal.ReadAsync<int>("SELECT number FROM work ORDER BY 1"));
        Assert.Equal(2, await cluster.Journal.ReadOneAsync<int>("SELECT attempts FROM eventbus_journal_dead_letters"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Transaction_that_the_handler_rolls_back_is_an_attempt(bool throws)
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = async (call, context) =>
        {
            await WorkLog.WriteAsync(call, context);
            if (call.Number != 2)
                return;
            await context.Transaction.RollbackAsync(Cancellation);
            if (throws)
                throw new InvalidOperationException("rolled back");
        };
        await cluster.EmitAsync([1, 2, 3]);
        await cluster.StartAsync(configure: static options =>
            (options.Start, options.MaxAttempts, options.FirstRetry) = (DurableStart.Oldest, 2, TimeSpan.Zero));
        await cluster.UntilAsync("SELECT count(*) = 2 FROM work");
        Assert.Equal([1, 3], await cluster.Journal.ReadAsync<int>("SELECT number FROM work ORDER BY 1"));
        Assert.Equal(2, await cluster.Journal.ReadOneAsync<int>("SELECT attempts FROM eventbus_journal_dead_letters"));
    }

    [Fact]
    public async Task Durable_goes_back_with_a_cursor_that_a_failover_has_undone()
    {
        const string Copy = "CREATE TABLE undone AS SELECT * FROM eventbus_journal_cursors";
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        await cluster.StartAsync();
        await cluster.EmitAsync([1]);
        await cluster.UntilAsync("SELECT NOT is_working AND high > 0 FROM eventbus_journal_cursors");
        await cluster.Journal.ExecuteAsync(Copy);
        await cluster.EmitAsync([2]);
        await cluster.UntilAsync("SELECT c.high > u.high AND NOT c.is_working FROM eventbus_journal_cursors c, undone u");
        await cluster.Journal.ExecuteAsync("""
            UPDATE eventbus_journal_cursors c SET previous = u.previous, high = u.high, target = u.target, target_high = u.target_high,
                position = u.position, place = u.place
            FROM undone u
            """);

        await cluster.EmitAsync([3]);
        await cluster.Log.UntilAsync(static calls => calls.Any(static call => call.Number == 3));
        Assert.Equal([1, 2, 2, 3], cluster.Log.Numbers);
    }

    [Fact]
    public async Task Transaction_that_is_idle_for_the_lease_ends_and_is_an_attempt()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = async (call, context) =>
        {
            await WorkLog.WriteAsync(call, context);
            if (call is not { Number: 1, Attempt: 1 })
                return;
            await using var watch = cluster.Journal.DataSource.CreateCommand(
                $"SELECT count(*) FROM pg_stat_activity WHERE pid = {context.Connection.ProcessID}");
            while ((long)(await watch.ExecuteScalarAsync(Cancellation))! > 0)
                await Task.Delay(20, Cancellation);
            await WorkLog.WriteAsync(call, context); // It throws: the server has ended the connection.
        };
        await cluster.StartAsync(configure: static options => options.Lease = TimeSpan.FromSeconds(1));
        await cluster.EmitAsync([1, 2]);
        await cluster.UntilAsync("SELECT count(*) = 2 FROM work");
        Assert.Equal([1, 1, 2], cluster.Log.Numbers);
        Assert.Equal([1, 2, 1], cluster.Log.Calls.Select(static call => call.Attempt));
    }

    [Fact]
    public async Task Durable_takes_over_from_an_owner_that_is_silent_with_events_in_hand()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        var tables = new GroupTables(cluster.Journal.DataSource, new JournalNames("eventbus_journal"), "work");
        await tables.FoundAsync(typeof(IWorkEvents).FullName!, 1, fromOldest: true, Cancellation);
        await tables.JoinAsync("frozen", Cancellation);
        var owned = await tables.ClaimAsync((await tables.LookAsync(Cancellation)).Partitions[0], "frozen", Cancellation);
        Assert.True(await tables.BeginAsync(0, owned!.Epoch, Cancellation));
        await cluster.EmitAsync([1]);

        await cluster.StartAsync(configure: static options => options.Lease = TimeSpan.FromSeconds(1));
        await cluster.Log.UntilAsync(static calls => calls.Count == 1);
        Assert.Equal(2, cluster.Log.Calls[0].Attempt); // The end of the owner counts.
        Assert.False(await tables.RenewAsync(0, owned.Epoch, Cancellation));
    }

    [Fact]
    public async Task Durable_a_new_node_receives_its_share_of_the_partitions()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        await cluster.StartAsync(partitions: 4, static options => options.Lease = TimeSpan.FromSeconds(1));
        await UntilSharedAsync(cluster, owners: 1);
        var second = await cluster.StartAsync(partitions: 4, static options => options.Lease = TimeSpan.FromSeconds(1));
        await UntilSharedAsync(cluster, owners: 2);
        await cluster.StopAsync(second);
        await UntilSharedAsync(cluster, owners: 1);
    }

    [Fact]
    public async Task Durable_in_memory_throws_at_the_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new WorkLog());
        builder.Services.AddEventBus("Host=nowhere.invalid").AddHandler<IWorkEvents, WorkHandler>().Durable("work");
        builder.Services.UseInMemoryEventBus();
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<EventBusStartException>(() => host.StartAsync(Cancellation));
        Assert.Contains("needs PostgreSQL", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, JournalScope.Marked, "'shown', 'drawn'")]
    [InlineData(2, JournalScope.All, "'filed', 'closed', 'shown', 'drawn'")]
    public async Task Durable_with_events_that_it_would_not_receive_throws_at_the_start(int partitions, JournalScope scope, string names)
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEventBus(cluster.Journal.DataSource, options => options.Journal = scope)
            .AddHandler<ILedgerEvents, LedgerHandler>()
            .Durable("ledger", partitions);
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<EventBusStartException>(() => host.StartAsync(Cancellation));
        Assert.Contains(names, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Durable_rejects_bad_settings()
    {
        var handler = new ServiceCollection().AddEventBus().AddHandler<IWorkEvents, WorkHandler>();
        Assert.Throws<ArgumentException>(() => handler.Durable(""));
        Assert.Throws<ArgumentException>(() => handler.Durable("work", 0));
        Assert.Throws<ArgumentException>(() => handler.Durable("work", 1, static options => options.Lease = TimeSpan.Zero));
        Assert.Throws<ArgumentException>(() => handler.Durable("work", 1, static options => options.MaxAttempts = 0));
        handler.Durable("work");
        Assert.Throws<InvalidOperationException>(() => handler.Durable("other"));
        Assert.Throws<InvalidOperationException>(() => handler.AddHandler<IWorkEvents, WorkHandler>("r1").Durable("work"));
    }

    private static Task UntilSharedAsync(WorkCluster cluster, int owners) => cluster.UntilAsync(
        $"SELECT count(owner) = 4 AND count(DISTINCT owner) = {owners} FROM eventbus_journal_cursors");
}
