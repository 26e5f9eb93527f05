using System.Text;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Transport.InMemory;

namespace EventBus.Tests.Transport.InMemory;

/// <summary>A receive queue that is never emptied, and notifications that were never published.</summary>
public sealed class InMemoryDatabaseTests
{
    private const string Channel = "socket.io#/";

    private readonly InMemoryDatabase _database = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;

    public InMemoryDatabaseTests() => _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: new TestTime());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_delivers_all_messages_or_none()
    {
        var queue = await ListenAsync(capacity: 10);
        var encoder = Message.Encoder(payloadThreshold: 9000);
        var numbers = new MessageNumbers();

        Assert.Equal(CommitOutcome.Rejected, _database.Commit([Numbered("a"), Numbered(new string('x', 8000))]));
        Assert.Equal(0, queue.Waiting);
        Assert.Equal(CommitOutcome.Committed, _database.Commit([Numbered("a"), Numbered("b")]));
        Assert.Equal(2, queue.Waiting);

        PendingMessage Numbered(string text)
        {
            var pending = new PendingMessage();
            pending.Begin(encoder.Broadcast(Message.Event(text), default), since: 0, completion: null, joinsPrevious: false);
            pending.Enter(numbers);
            return pending;
        }
    }

    [Fact]
    public async Task PublishAsync_full_receive_queue_waits_and_then_expires()
    {
        var queue = await ListenAsync(capacity: 2);
        var time = new TestTime();
        await using var publisher = new InMemoryPublisher(_database, new EventBusOptions(), time, _diagnostics);
        publisher.Open();
        await PublishAsync();
        await PublishAsync();
        var third = PublishAsync();
        await time.AssertTimersAsync(1); // The publisher has tried it, and waits.
        var late = PublishAsync();
        Assert.False(third.IsCompleted);

        // One free place is enough for the next message.
        Assert.True(queue.TryTake(out _));
        queue.MarkDelivered();
        _database.TryAgain();
        await third;
        await late;
        Assert.Equal(3, queue.Waiting);

        var expires = PublishAsync();
        while (!expires.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<EventNotSentException>(() => expires);
        Assert.Contains("full", exception.Message, StringComparison.Ordinal);

        Task PublishAsync() =>
            publisher.PublishAsync(Message.Encoder(publisher.Source).Broadcast(Message.Event("e"), default), Cancellation).AsTask();
    }

    [Fact]
    public async Task Receive_malformed_notification_is_counted_and_skipped()
    {
        var queue = new ReceiveQueue<StoredNotification>(10);
        var listener = await ListenAsync(queue);
        var receiver = new RecordingReceiver();
        await using var pump = CreatePump(queue, receiver);

        listener.Receive(Channel, new StoredNotification("", "not JSON"u8.ToArray(), null));
        listener.Receive(Channel, new StoredNotification("", """{"type":1,"uid":"a","nsp":"/"}"""u8.ToArray(), null));
        listener.Receive("another channel", new StoredNotification("", "not JSON"u8.ToArray(), null));

        Assert.Equal(["connected", "InitialHeartbeat "], await receiver.Inbox.NextAsync(2));
        Assert.Equal(1, _diagnostics.Malformed.Value);
    }

    [Fact]
    public async Task EndAsync_forgets_sources_after_the_queued_notifications()
    {
        var queue = new ReceiveQueue<StoredNotification>(10);
        var listener = await ListenAsync(queue);
        using var gate = new ManualResetEventSlim();
        var receiver = new RecordingReceiver { BeforeMessage = () => gate.Wait(Cancellation) };
        await using var pump = CreatePump(queue, receiver);
        Notify(1);
        Notify(2);
        var ended = pump.EndAsync("/");
        Notify(7);
        Assert.False(ended.IsCompleted);

        gate.Set();
        await ended;
        Assert.Equal(["connected", "ServerSideEmit 1", "ServerSideEmit 2", "ServerSideEmit 7"], await receiver.Inbox.NextAsync(4));
        Assert.Equal(0, _diagnostics.Lost.Value);

        void Notify(int number) => listener.Receive(Channel, new StoredNotification(
            "", Encoding.UTF8.GetBytes($$$"""{"type":9,"data":{"packet":["e"]},"uid":"x","eb":{"s":"s","n":{{{number}}}}}"""), null));
    }

    [Fact]
    public async Task Receive_floods_of_invalid_messages_are_counted_and_logged_once()
    {
        const int flood = 10_000;
        var queue = new ReceiveQueue<StoredNotification>(5 * flood);
        var listener = await ListenAsync(queue);
        var receiver = new RecordingReceiver();
        for (var i = 0; i < flood; i++)
        {
            Notify("not JSON");
            Notify($$$"""{"uid":"x","type":3,"attachmentId":"{{{long.MaxValue - i}}}"}""");
            Notify($$$"""{"type":9,"data":{"packet":["e"]},"uid":"x","eb":{"s":"s","n":{{{1 + (2 * i)}}}}}""");
            Notify("""{"type":2,"uid":"x","eb":{"s":"s","n":0}}""");
        }

        await using var pump = CreatePump(queue, receiver);
        await receiver.Inbox.NextAsync(1 + flood + flood + (flood - 1)); // connected, lost attachments, events and gaps

        Notify("""{"type":1,"uid":"y"}""");
        Assert.Equal("InitialHeartbeat ", await receiver.Inbox.NextAsync());
        Assert.Equal((flood, flood), (_diagnostics.Malformed.Value, _diagnostics.Late.Value));
        Assert.Equal(flood + (flood - 1), _diagnostics.Lost.Value);
        Assert.Equal([1, 1, 1, 1], new[] { 112, 114, 117, 120 }.Select(_logger.Count));

        void Notify(string payload) => listener.Receive(Channel, new StoredNotification("", Encoding.UTF8.GetBytes(payload), null));
    }

    [Fact]
    public async Task Receive_attachment_of_another_message_is_lost()
    {
        var queue = new ReceiveQueue<StoredNotification>(10);
        var listener = await ListenAsync(queue);
        var receiver = new RecordingReceiver();
        await using var pump = CreatePump(queue, receiver);
        var encoder = Message.Encoder();
        using var announced = encoder.Broadcast(Message.BinaryEvent(), default);
        using var stored = encoder.Broadcast(Message.BinaryEvent(), default);
        announced.Number(1, 1);
        stored.Number(2, 2);

        byte[] notification = [.. announced.Head.Span, .. "7"u8, .. announced.Tail.Span];
        listener.Receive(Channel, new StoredNotification("", notification, new StoredAttachment(stored.Attachment.ToArray())));

        Assert.Equal(["connected", "lost attachment 7"], await receiver.Inbox.NextAsync(2));
        Assert.Equal(1, _diagnostics.Lost.Value);
    }

    private InMemoryPump CreatePump(ReceiveQueue<StoredNotification> queue, RecordingReceiver receiver)
    {
        var time = new TestTime();
        var backends = new Backends(lookUp: null, queue.Wake, time, _logger);
        var tracker = new SequenceTracker("own", backends, TimeSpan.FromSeconds(5), queue.Wake, time, _diagnostics);
        return new InMemoryPump(_database, queue, receiver, "own", tracker, time, _diagnostics);
    }

    private async Task<ReceiveQueue<StoredNotification>> ListenAsync(int capacity)
    {
        var queue = new ReceiveQueue<StoredNotification>(capacity);
        await ListenAsync(queue);
        return queue;
    }

    private async Task<InMemoryListener> ListenAsync(ReceiveQueue<StoredNotification> queue)
    {
        var listener = new InMemoryListener("node", queue, _diagnostics);
        Assert.True(_database.TryAdd(listener));
        await listener.ListenAsync(Channel, "/", Cancellation);
        return listener;
    }
}
