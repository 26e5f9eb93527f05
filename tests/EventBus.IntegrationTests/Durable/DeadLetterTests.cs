using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Durable;

/// <summary>An event that cannot be handled does not stop its partition for ever, and is not lost.</summary>
public sealed class DeadLetterTests(DatabaseFixture database)
{
    [Fact]
    public async Task Durable_stores_a_poisonous_event_with_its_error_and_goes_on()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = static (call, _) => call.Number == 2 ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await cluster.StartAsync(configure: static options => options.MaxAttempts = 3);
        await cluster.EmitAsync([1, 2, 3]);
        await cluster.Log.UntilAsync(static calls => calls.Any(static call => call.Number == 3));
        Assert.Equal([1, 2, 2, 2, 3], cluster.Log.Numbers);
        Assert.Equal("dead", await cluster.Journal.ReadOneAsync<string>("SELECT state FROM eventbus_journal_dead_letters"));
        Assert.Equal(3, await cluster.Journal.ReadOneAsync<int>("SELECT attempts FROM eventbus_journal_dead_letters"));
        Assert.True(await cluster.Journal.ReadOneAsync<bool>("SELECT error LIKE '%poison%' FROM eventbus_journal_dead_letters"));
    }

    [Fact]
    public async Task Durable_handles_a_resumed_letter_again_and_removes_it()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        cluster.Log.Behave = static (call, _) =>
            call is { Number: 2, Attempt: 1 } ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var host = await cluster.StartAsync(configure: static options => options.MaxAttempts = 1);
        await cluster.EmitAsync([1, 2, 3]);
        await cluster.Log.UntilAsync(static calls => calls.Count == 3);
        await cluster.StopAsync(host);
        await cluster.Journal.ExecuteAsync("UPDATE eventbus_journal_dead_letters SET state = 'resumed'");
        await cluster.StartAsync();
        await cluster.Log.UntilAsync(static calls => calls.Count == 4);
        Assert.Equal((2, 2), (cluster.Log.Calls[3].Number, cluster.Log.Calls[3].Attempt));
        Assert.Equal(cluster.Log.Calls[1].Identity, cluster.Log.Calls[3].Identity);
        await cluster.UntilAsync("SELECT count(*) = 0 FROM eventbus_journal_dead_letters");
    }

    [Fact]
    public async Task Keep_parks_the_later_events_of_the_key_until_the_letter_is_handled()
    {
        await using var cluster = await WorkCluster.CreateAsync(database.Server);
        var isRepaired = false;
        cluster.Log.Behave = (call, _) =>
            call.Number == 1 && !isRepaired ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        var host = await cluster.StartAsync(configure: static options => (options.MaxAttempts, options.Order) = (1, DurableOrder.Keep));
        await cluster.EmitAsync([1, 2, 11, 21, 3]); // The keys of 1, 11 and 21 are equal.
        await cluster.UntilAsync("SELECT count(*) FILTER (WHERE state = 'parked') = 2 FROM eventbus_journal_dead_letters");
        await cluster.Log.UntilAsync(static calls => calls.Any(static call => call.Number == 3));
        Assert.Equal([1, 2, 3], cluster.Log.Numbers);

        isRepaired = true;
        await cluster.StopAsync(host);
        await cluster.Journal.ExecuteAsync("UPDATE eventbus_journal_dead_letters SET state = 'resumed' WHERE state = 'dead'");
        await cluster.StartAsync(configure: static options => options.Order = DurableOrder.Keep);
        await cluster.Log.UntilAsync(static calls => calls.Count == 6);
        Assert.Equal([1, 11, 21], cluster.Log.Numbers.Skip(3));
        await cluster.UntilAsync("SELECT count(*) = 0 FROM eventbus_journal_dead_letters");
    }
}
