using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Tests.Transport;

public sealed class PublishQueueTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly MessageEncoder _encoder = Message.Encoder();
    private readonly TestTime _time = new();
    private readonly List<PendingMessage> _batch = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostLast_full_queue_takes_its_messages_last_and_closes()
    {
        var queue = Queue(maxMessages: 1);
        var entered = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        var waiting = queue.EnqueueAsync(Event(), Cancellation).AsTask();

        queue.PostLast([_encoder.Heartbeat(), _encoder.Heartbeat()]);

        Assert.False(queue.TryPost([Event()]));
        var types = new List<MessageType>();
        while (!queue.IsEmpty)
        {
            queue.Take(_batch);
            types.AddRange(_batch.Select(static pending => pending.Type));
            Complete(queue);
        }

        Assert.Equal([MessageType.Broadcast, MessageType.Broadcast, MessageType.Heartbeat, MessageType.Heartbeat], types);
        await queue.DrainAsync();
        await entered;
        await waiting;
    }

    [Fact]
    public void TryPost_closed_queue_drops_nothing()
    {
        var queue = Queue();
        var logger = new RecordingLogger();
        var diagnostics = new BusDiagnostics(logger, errorHandler: null);
        var outcomes = new PublishOutcomes(queue, new EventBusOptions(), _time, diagnostics);
        queue.PostLast([]);

        Assert.False(outcomes.TryPost([Event()]));

        Assert.Equal(0, diagnostics.Dropped.Value);
        Assert.Empty(logger.Entries);
    }

    [Fact]
    public async Task Take_returns_messages_in_order_with_their_numbers()
    {
        var queue = Queue();
        var first = queue.EnqueueAsync(Event(), Cancellation);
        Assert.True(queue.TryPost([Event(), _encoder.Heartbeat()]));
        var last = queue.EnqueueAsync(Event(), Cancellation);

        queue.Take(_batch);

        Assert.Equal([1L, 2L, 2L, 3L], Numbers());
        Assert.False(first.IsCompleted);
        queue.Complete(_batch);
        await first;
        await last;
    }

    [Fact]
    public async Task EnqueueAsync_full_queue_waits_and_numbers_on_entering()
    {
        var queue = Queue(maxMessages: 2);
        var entered = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        Assert.True(queue.TryPost([Event()]));
        Assert.False(queue.TryPost([Event()]));
        using var cancellation = new CancellationTokenSource();
        var gone = queue.EnqueueAsync(Event(), cancellation.Token).AsTask();
        var waiting = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        Assert.False(queue.TryPost([Event()]));

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        queue.Take(_batch);
        Assert.Equal([1L, 2L], Numbers());
        Complete(queue);
        await entered;
        queue.Take(_batch);

        Assert.Equal([3L], Numbers());
        Complete(queue);
        await waiting;
    }

    [Fact]
    public async Task EnqueueAsync_beyond_the_waiting_bytes_fails_at_once_and_takes_no_number()
    {
        const int large = 5_000; // Inline, so that its number can be read.
        var queue = Queue(maxMessages: 1, maxWaitingBytes: 3 * large);
        var entered = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        using var cancellation = new CancellationTokenSource();
        var gone = queue.EnqueueAsync(Event(large), cancellation.Token).AsTask();
        var waiting = queue.EnqueueAsync(Event(large), Cancellation).AsTask();
        for (var i = 0; i < 2; i++)
        {
            var rejected = queue.EnqueueAsync(Event(large), Cancellation);
            Assert.True(rejected.IsFaulted);
            Assert.True((await Assert.ThrowsAsync<EventNotSentException>(rejected.AsTask)).IsTransient);
        }

        // An emit frees its bytes when it is withdrawn, enters or expires.
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(1, TakeAndComplete(queue));
        await entered;
        Task[] next = [queue.EnqueueAsync(Event(large), Cancellation).AsTask(), queue.EnqueueAsync(Event(large), Cancellation).AsTask()];
        Assert.DoesNotContain(next, static task => task.IsCompleted);
        queue.Take(_batch);
        Assert.Equal([2L], Numbers());
        Complete(queue);
        await waiting;
        _time.Advance(Timeout);
        queue.TakeExpired(_batch);
        Assert.Equal(2, _batch.Count);
        queue.Complete(_batch, static () => new EventNotSentException("It has expired."));
        _batch.Clear();
        await Assert.ThrowsAsync<EventNotSentException>(() => Task.WhenAll(next));
        var last = queue.EnqueueAsync(Event(large), Cancellation).AsTask();
        var lastWaiting = queue.EnqueueAsync(Event(2 * large), Cancellation).AsTask();
        queue.Take(_batch);
        Assert.Equal([4L], Numbers()); // The first of the expired ones had entered.
        Complete(queue);
        await last;
        TakeAndComplete(queue);
        await lastWaiting;
    }

    [Fact]
    public async Task EnqueueAsync_waits_with_one_message_of_any_size()
    {
        var queue = Queue(maxMessages: 1, maxWaitingBytes: 1);
        var entered = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        var waiting = queue.EnqueueAsync(Event(10_000), Cancellation).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, TakeAndComplete(queue));
        Assert.Equal(1, TakeAndComplete(queue));
        await Task.WhenAll(entered, waiting);
    }

    [Fact]
    public void TryPost_bounds_bytes_but_accepts_one_larger_message()
    {
        var queue = Queue(maxBytes: 10);
        Assert.True(queue.TryPost([Event()]));
        Assert.False(queue.TryPost([Event()]));
        queue.Take(_batch);
        Assert.False(queue.TryPost([Event()]), "Taken messages still count.");
        Complete(queue);
        Assert.True(queue.TryPost([Event()]));
    }

    [Fact]
    public void Take_bounds_batches_and_keeps_groups_together()
    {
        var queue = Queue();
        for (var i = 0; i < PublishQueue.BatchMessages - 1; i++)
            Assert.True(queue.TryPost([Event()]));
        Assert.True(queue.TryPost([Event(), Event()]));
        Assert.True(queue.TryPost([Event(600_000)]));
        Assert.True(queue.TryPost([Event(600_000)]));

        Assert.Equal(PublishQueue.BatchMessages - 1, TakeAndComplete(queue));
        Assert.Equal(3, TakeAndComplete(queue));
        Assert.Equal(1, TakeAndComplete(queue));

        OutgoingMessage[] group = [.. Enumerable.Range(0, 300).Select(_ => Event())];
        Assert.True(queue.TryPost(group));
        queue.Take(_batch);
        Assert.Equal(300, _batch.Count);
        queue.PutBack(_batch);
        _batch.Clear();
        queue.Take(_batch, 150, isRepeated: true);
        Assert.Equal(150, _batch.Count);
    }

    [Fact]
    public async Task PutBack_returns_to_the_front_without_cancelled_messages()
    {
        var queue = Queue();
        using var cancellation = new CancellationTokenSource();
        var first = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        var cancelled = queue.EnqueueAsync(Event(), cancellation.Token).AsTask();
        var third = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        queue.Take(_batch);
        var last = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        queue.PutBack(_batch);
        _batch.Clear();
        queue.Take(_batch);

        Assert.Equal([1L, 3L, 4L], Numbers());
        Complete(queue);
        await Task.WhenAll(first, third, last);
    }

    [Fact]
    public async Task Cancel_of_a_published_message_withdraws_no_later_one()
    {
        var queue = Queue();
        using var cancellation = new CancellationTokenSource();
        var published = queue.EnqueueAsync(Event(), cancellation.Token);
        Assert.Equal(1, TakeAndComplete(queue));
        var later = queue.EnqueueAsync(Event(), Cancellation); // It uses the entry of the first message.

        await cancellation.CancelAsync();

        await published;
        Assert.False(later.IsCompleted);
        Assert.Equal(1, TakeAndComplete(queue));
        await later;
    }

    [Fact]
    public void Take_returns_short_long_and_attached_messages_as_encoded()
    {
        var queue = Queue();
        for (var round = 0; round < 3; round++)
        {
            var numbers = new MessageNumbers();
            for (var before = 0; before < 4 * round; before++)
                numbers.Number(Event());
            OutgoingMessage[] expected = [Event(), Event(300), Event(5_000), _encoder.Broadcast(Message.BinaryEvent(), default)];
            foreach (var message in expected)
                numbers.Number(message);
            Assert.True(queue.TryPost([Event(), Event(300), Event(5_000), _encoder.Broadcast(Message.BinaryEvent(), default)]));

            queue.Take(_batch);

            Assert.Equal([false, false, false, true], _batch.Select(static pending => pending.IsAttached));
            for (var i = 0; i < 3; i++)
                Assert.Equal(Message.Text(expected[i].Payload), Message.Text(_batch[i].Payload));
            Assert.Equal(expected[3].Attachment.ToArray(), _batch[3].Attachment.ToArray());
            Assert.Equal(Message.Text(expected[3].Head), Message.Text(_batch[3].Head));
            Assert.Equal(Message.Text(expected[3].Tail), Message.Text(_batch[3].Tail));
            Complete(queue);
        }
    }

    [Fact]
    public async Task TakeExpired_takes_entered_and_waiting_messages()
    {
        var queue = Queue(maxMessages: 1);
        var old = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        var oldBefore = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        _time.Advance(TimeSpan.FromSeconds(4));
        var young = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        Assert.Equal(TimeSpan.FromSeconds(6), queue.UntilExpiry());
        queue.TakeExpired(_batch);
        Assert.Empty(_batch);

        _time.Advance(TimeSpan.FromSeconds(6));
        queue.TakeExpired(_batch);

        Assert.Equal(2, _batch.Count);
        queue.Complete(_batch, static () => new EventNotSentException("expired"));
        _batch.Clear();
        await Assert.ThrowsAsync<EventNotSentException>(() => old);
        await Assert.ThrowsAsync<EventNotSentException>(() => oldBefore);
        Assert.Equal(1, TakeAndComplete(queue));
        await young;
    }

    [Fact]
    public async Task Complete_failure_reaches_the_caller()
    {
        var queue = Queue();
        var emit = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        queue.Take(_batch);
        queue.Complete(_batch, static () => new EventOutcomeUnknownException("cut"));
        await Assert.ThrowsAsync<EventOutcomeUnknownException>(() => emit);
    }

    [Fact]
    public async Task DrainAsync_rejects_more_and_completes_when_empty()
    {
        var queue = Queue(maxMessages: 1);
        Assert.True(queue.TryPost([Event()]));
        var before = queue.EnqueueAsync(Event(), Cancellation).AsTask();
        var drained = queue.DrainAsync();

        Assert.False(queue.TryPost([Event()]));
        await Assert.ThrowsAsync<EventBusClosedException>(() => queue.EnqueueAsync(Event(), Cancellation).AsTask());
        Assert.Equal(1, TakeAndComplete(queue));
        Assert.False(drained.IsCompleted);
        Assert.Equal(1, TakeAndComplete(queue));
        await drained;
        await before;
    }

    [Fact]
    public async Task EnqueueAsync_concurrent_callers_each_get_their_outcome()
    {
        const int callers = 8, each = 2_000;
        var queue = Queue(maxMessages: 64);
        var entering = Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                using var cancellation = new CancellationTokenSource();
                var emit = queue.EnqueueAsync(Event(), cancellation.Token);
                if (i % 5 == caller % 5)
                    await cancellation.CancelAsync();
                try
                {
                    await emit;
                }
                catch (OperationCanceledException) when (i % 5 == caller % 5)
                {
                    // The cancellation was early enough.
                }
            }
        }, Cancellation)));
        var last = 0L;
        while (!entering.IsCompleted || !queue.IsEmpty)
        {
            queue.Take(_batch);
            foreach (var number in Numbers())
            {
                Assert.True(number > last);
                last = number;
            }

            Complete(queue);
            await Task.Yield();
        }

        await entering;
        await queue.DrainAsync();
        Assert.InRange(last, 1, callers * each);
    }

    private PublishQueue Queue(int maxMessages = 1000, int maxBytes = 10_000_000, int maxWaitingBytes = 10_000_000) =>
        new(maxMessages, maxBytes, maxWaitingBytes, Timeout, _time);

    private OutgoingMessage Event(int size = 1) => _encoder.Broadcast(Message.Event(new string('x', size)), default);

    private int TakeAndComplete(PublishQueue queue)
    {
        queue.Take(_batch);
        var count = _batch.Count;
        Complete(queue);
        return count;
    }

    private void Complete(PublishQueue queue)
    {
        queue.Complete(_batch);
        _batch.Clear();
    }

    private List<long> Numbers() =>
        _batch.ConvertAll(static pending => NotificationDecoder.Decode(pending.Payload, "/", out _)!.Key.Number!.Value);
}
