using EventBus.Wire;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A node receives within bounds, and goes on after invalid messages and failures of its receiver.</summary>
public sealed class ReceiveTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listener_slow_receiver_pauses_reading_and_loses_nothing()
    {
        const int events = 5_000;
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        var options = new EventBusOptions { ReceiveQueueMessages = 16, ReceivePauseTimeout = TimeSpan.FromMinutes(5) };
        await using var receiver = await TestNode.StartAsync(database.Server, names, options);
        using var gate = new SemaphoreSlim(0);
        receiver.Handler = message =>
        {
            if (message.Key.Number == 1)
                gate.Wait(Cancellation);
        };

        for (var i = 0; i < events; i++)
            await sender.EmitAsync(i);
        await receiver.Logger.UntilAsync(115);
        gate.Release();
        await receiver.UntilAsync(static node => node.Received.Count == events);

        Assert.Equal(Enumerable.Range(0, events).Select(static i => (long)i), receiver.Received);
    }

    [Fact(Timeout = 120_000)]
    public async Task Listener_blocked_receiver_discards_the_newest_as_a_gap()
    {
        const int events = 500;
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        var options = new EventBusOptions { ReceiveQueueMessages = 16, ReceivePauseTimeout = TimeSpan.FromMilliseconds(600) };
        await using var receiver = await TestNode.StartAsync(database.Server, names, options);
        using var gate = new SemaphoreSlim(0);
        receiver.Handler = message =>
        {
            if (message.Key.Number == 1)
                gate.Wait(Cancellation);
        };

        await Task.WhenAll(Enumerable.Range(0, events).Select(i => sender.EmitAsync(i).AsTask()));
        await receiver.Logger.UntilAsync(122);
        await sender.EmitAsync(events);

        // If the listener is slow to read on, the pump might make place first.
        while (receiver.Diagnostics.Discarded.Value == 0)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        gate.Release();
        await receiver.Logger.UntilAsync(123);
        await sender.EmitAsync(events + 1);
        await receiver.UntilAsync(static node => node.Received.Count > 0 && node.Received[^1] == events + 1);

        Assert.Equal(events + 2, receiver.Received.Count + receiver.Lost);
        Assert.Equal(receiver.Lost, receiver.Diagnostics.Discarded.Value);
        Assert.InRange(receiver.Lost, 1, events);
        Assert.Equal(receiver.Received.Order(), receiver.Received);
    }

    [Fact]
    public async Task Listener_malformed_notifications_are_counted_and_logged_once()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        string[] payloads =
        [
            "", "x", "{", "[]", "null",
            """{"uid":5}""", """{"uid":"a","type":3}""", """{"uid":"a","type":99,"nsp":"/"}""",
            """{"uid":"a","type":3,"attachmentId":"x"}""",
        ];
        foreach (var payload in payloads)
        {
            await using var command = sender.DataSource.CreateCommand("SELECT pg_notify($1, $2)");
            command.Parameters.AddWithValue(names.Channel);
            command.Parameters.AddWithValue(payload);
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        Assert.Equal(payloads.Length, receiver.Diagnostics.Malformed.Value);
        Assert.Single(receiver.Logger.Entries, static entry => entry.Id == 112);
        Assert.Single(receiver.Reported);
    }

    [Fact]
    public async Task UnlistenAsync_missed_events_are_no_loss()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await sender.EmitAsync(1);
        await receiver.UntilAsync(static node => node.Received.Count == 1);

        await receiver.Transport.UnlistenAsync(names.Channel, Cancellation);
        await sender.EmitAsync(2);
        await receiver.Transport.ListenAsync(names.Channel, "/", Cancellation);
        await sender.EmitAsync(3);
        await receiver.UntilAsync(static node => node.Received.Count == 2);

        Assert.Equal([1, 3], receiver.Received);
        Assert.Equal(0, receiver.Lost);
    }

    [Fact]
    public async Task OnMessage_that_throws_does_not_stop_the_pump()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        receiver.Handler = static message =>
        {
            if (message.Key.Number < 4)
                throw new InvalidOperationException("thrown by the test");
        };
        await sender.EmitAsync(1);
        await sender.EmitAsync(2, TestEvent.Large);
        await sender.EmitAsync(3);
        await sender.EmitAsync(4);
        await receiver.UntilAsync(static node => node.Received.Count == 4);
        Assert.Equal([1, 2, 3, 4], receiver.Received);
        Assert.Equal(3, receiver.Logger.Entries.Count(static entry => entry.Id == 113));
    }

    [Fact]
    public async Task OnMessage_receives_own_heartbeats_but_no_own_events_and_counts_no_loss()
    {
        var names = TestNames.Create();
        await using var node = await TestNode.StartAsync(database.Server, names);
        var own = new List<MessageType>();
        node.Handler = message => own.Add(message.Type);
        Assert.True(node.Transport.Publisher.TryPost(node.Heartbeat()));
        await node.EmitAsync(1, TestEvent.Large);
        await node.EmitAsync(2);
        Assert.True(node.Transport.Publisher.TryPost(node.Heartbeat()));
        await node.UntilAsync(_ => own.Count == 2);
        Assert.Equal([MessageType.Heartbeat, MessageType.Heartbeat], own);
        Assert.Empty(node.Received);
        Assert.Equal(0, node.Lost);
    }

    [Fact]
    public async Task OnGap_lost_last_event_is_found_by_the_next_heartbeat()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names);
        await sender.EmitAsync(1);

        // The server rejects this event, so its number is used but it never arrives.
        var encoder = new MessageEncoder(
            new() { Channel = names.Channel, Namespace = "/", Uid = "a", Source = sender.Transport.Source, PayloadThreshold = 20_000 });
        await Assert.ThrowsAsync<EventNotSentException>(
            () => sender.Transport.Publisher.PublishAsync(encoder.Broadcast(new TestEvent(2, 9_000), default), Cancellation).AsTask());
        Assert.True(sender.Transport.Publisher.TryPost(sender.Heartbeat()));
        await receiver.UntilAsync(static node => node.Lost == 1);
        Assert.Equal([new EventGap(sender.Transport.Source, "/", 1)], receiver.Gaps);
    }
}
