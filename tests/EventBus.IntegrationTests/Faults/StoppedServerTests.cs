using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>Nodes and publishers while the server is stopped.</summary>
public sealed class StoppedServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmitAsync_stopped_server_fails_in_time_or_publishes_after_the_restart()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        var names = TestNames.Create();
        var options = new EventBusOptions { PublishTimeout = TimeSpan.FromSeconds(2) };
        await using var sender = await TestNode.StartAsync(server, names, options);
        await using var patient = await TestNode.StartAsync(
            server, names, new EventBusOptions { PublishTimeout = TimeSpan.FromMinutes(1) });
        await using var receiver = await TestNode.StartAsync(server, names);
        await patient.EmitAsync(0);
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        await server.StopAsync(ServerStop.Fast, Cancellation);
        await sender.UntilAsync(static node => node.Connected is [true, false]);
        await patient.UntilAsync(static node => node.Connected is [true, false]);
        var waiting = patient.EmitAsync(3).AsTask();
        Assert.True(sender.Transport.Publisher.TryPost(sender.Event(2)));
        var failure = await Assert.ThrowsAsync<EventNotSentException>(() => sender.EmitAsync(2).AsTask());
        Assert.True(failure.IsTransient);
        Assert.NotNull(failure.InnerException);
        Assert.Single(sender.Reported.OfType<EventNotSentException>());
        Assert.Equal(2, sender.Diagnostics.PublishFailures.Value);
        Assert.Single(sender.Logger.Entries, static entry => entry.Id == 102);

        await server.StartAgainAsync(Cancellation);
        await receiver.UntilAsync(static node => node is { ListenedAgain: 1, Connected: [.., true] });
        await waiting;
        await sender.UntilAsync(static node => node.Connected is [.., true]);
        await sender.EmitAsync(4);
        await patient.EmitAsync(5);
        await receiver.UntilAsync(static node => node.Received.Contains(4) && node.Received.Contains(5));

        // The waiting event may have been published before the receiver listened again.
        await receiver.UntilAsync(static node => node.Received.Count + node.Lost == 7);
        Assert.True(receiver.Received.Contains(3) || receiver.Gaps.Contains(new EventGap(patient.Transport.Source, "/", 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnlistenAsync_stopped_server_completes_and_listening_again_has_no_gap(bool again)
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        var names = TestNames.Create();
        await using var node = await TestNode.StartAsync(server, names);
        await using var sender = await TestNode.StartAsync(server, names);
        await sender.EmitAsync(1);
        await node.UntilAsync(static node => node.Received.Count == 1);
        await server.StopAsync(ServerStop.Fast, Cancellation);
        await node.UntilAsync(static node => node.Connected is [true, false]);

        await node.Transport.UnlistenAsync(names.Channel, Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        var listening = again ? node.Transport.ListenAsync(names.Channel, "/", Cancellation) : Task.CompletedTask;
        await server.StartAgainAsync(Cancellation);
        await node.UntilAsync(static node => node is { ListenedAgain: 1, Connected: [.., true] });
        await sender.UntilAsync(static node => node is { ListenedAgain: 1, Connected: [.., true] });
        if (!again)
        {
            // No node receives this event, and it is no loss for a node that listens later.
            await sender.EmitAsync(2);
            listening = node.Transport.ListenAsync(names.Channel, "/", Cancellation);
        }

        await listening;
        await sender.EmitAsync(3);
        await sender.EmitAsync(4);
        await node.UntilAsync(static node => node.Received[^1] == 4);
        Assert.Equal([1, 3, 4], node.Received);
        Assert.Equal(0, node.Lost);
    }

    [Fact]
    public async Task StartAsync_stopped_server_throws_a_transient_exception()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        await server.StopAsync(ServerStop.Fast, Cancellation);
        await using var node = TestNode.Create(server, TestNames.Create());

        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));

        Assert.True(exception.IsTransient);
        Assert.Contains("cannot be connected to", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_stopped_server_is_not_waited_for()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        var node = await TestNode.StartAsync(
            server, TestNames.Create(), new EventBusOptions { PublishTimeout = TimeSpan.FromMinutes(10) });
        await node.UntilAsync(static node => node.Connected is [true]);
        await server.StopAsync(ServerStop.Fast, Cancellation);
        await node.UntilAsync(static node => node.Connected is [true, false]);
        var waiting = node.EmitAsync(1).AsTask();

        await node.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        // The event did not expire: then the exception would be transient.
        var exception = await Assert.ThrowsAsync<EventNotSentException>(() => waiting);
        Assert.False(exception.IsTransient);
        Assert.Contains("was closed before the event was published", exception.Message, StringComparison.Ordinal);
    }
}
