using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>Connections that respond, but receive no notifications.</summary>
public sealed class DeafListenerTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    private const int ListenerLost = 110;

    [Fact(Timeout = 120_000)]
    public async Task Node_behind_a_pooler_that_changes_to_transaction_mode_reconnects()
    {
        await using var pooler = await PgBouncer.TryStartAsync(fixture.Server, "session");
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        var names = TestNames.Create();
        var options = new EventBusOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) };
        await using var receiver = await TestNode.StartAsync(fixture.Server, names, options, configure: pooler.Configure);
        await using var sender = await TestNode.StartAsync(fixture.Server, names);
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        await pooler.SetModeAsync("transaction");
        await receiver.Logger.UntilAsync(ListenerLost, "did not arrive");
        await receiver.UntilAsync(static node => node.Connected.Contains(false));

        // A connection from before the change may still be deaf, and lose events until the node reconnects again.
        await pooler.SetModeAsync("session");
        var received = receiver.UntilAsync(static node => node.Received.Count > 1);
        for (var number = 2; !received.IsCompleted; number++)
            await sender.EmitAsync(number);
        await received;
        Assert.Contains(receiver.Reported, static exception => exception is NotificationsMissingException);
    }

    [Fact(Timeout = 120_000)]
    public async Task Silent_node_that_hears_is_not_taken_for_deaf()
    {
        var names = TestNames.Create();
        var options = new EventBusOptions { KeepAliveInterval = TimeSpan.FromSeconds(1) };
        await using var receiver = await TestNode.StartAsync(fixture.Server, names, options);
        await using var source = fixture.Server.CreateDataSource();
        await using var checks = await RawListener.ListenAsync(source, $"eventbus-wake#{receiver.Transport.Source}");

        // A check is sent only if the one before it has arrived. If not, the node reports that, and sends the next one when it reconnects.
        await checks.UntilCountAsync(3);
        Assert.DoesNotContain(receiver.Reported, static exception => exception is NotificationsMissingException);
    }
}
