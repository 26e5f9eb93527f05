using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>Connections that respond, but receive no notifications.</summary>
public sealed class DeafListenerTests(DatabaseFixture database)
{
    [Fact]
    public async Task Node_behind_a_pooler_that_changes_to_transaction_mode_reconnects()
    {
        await using var pooler = await PgBouncer.TryStartAsync(database.Server, "session");
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        var names = TestNames.Create();
        var options = new EventBusOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) };
        await using var receiver = await TestNode.StartAsync(database.Server, names, options, configure: pooler.Configure);
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        await pooler.SetModeAsync("transaction");
        await receiver.UntilAsync(static node => !node.Connected[^1]);

        await pooler.SetModeAsync("session");
        await receiver.UntilAsync(static node => node.Connected[^1]);
        Assert.Contains(receiver.Reported, static exception => exception is NotificationsMissingException);
        await sender.EmitAsync(2);
        await receiver.UntilAsync(static node => node.Received.Contains(2));
    }

    [Fact]
    public async Task Silent_node_that_hears_stays_connected()
    {
        var names = TestNames.Create();
        var options = new EventBusOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) };
        await using var receiver = await TestNode.StartAsync(database.Server, names, options);
        await receiver.UntilAsync(static node => node.Connected.Count == 1);
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal([true], receiver.Connected);
        Assert.Empty(receiver.Reported);
    }
}
