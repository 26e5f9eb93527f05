using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Events of one publisher arrive in their order, inline or attached, without loss or duplicate.</summary>
public sealed class OrderTests(DatabaseFixture database)
{
    [Fact]
    public async Task EmitAsync_ten_thousand_mixed_events_arrive_in_order()
    {
        const int events = 10_000;
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, beforeAttachmentIsReady: DelayAtRandom);
        await using var second = await TestNode.StartAsync(database.Server, names);

        var emits = new List<Task>();
        for (var i = 0; i < events; i++)
            emits.Add(sender.EmitAsync(i, i % 7 == 3 ? TestEvent.Large : i % 40).AsTask());
        await Task.WhenAll(emits);
        await receiver.UntilAsync(node => node.Received.Count == events);
        await second.UntilAsync(node => node.Received.Count == events);

        Assert.Equal(Enumerable.Range(0, events).Select(static i => (long)i), receiver.Received);
        Assert.Equal(receiver.Received, second.Received);
        Assert.Equal(0, receiver.Lost);
        Assert.Equal(events, sender.Diagnostics.Published.Value);
        Assert.Equal(events / 7 + 1, sender.Diagnostics.Attached.Value);
    }

    private static async Task DelayAtRandom(long id)
    {
        for (var turns = Random.Shared.Next(20); turns > 0; turns--)
            await Task.Yield();
        if (Random.Shared.Next(10) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5)), TimeProvider.System);
    }
}
