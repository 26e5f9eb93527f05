using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Transport.Postgres;
using EventBus.Wire;

namespace EventBus.Tests.Transport;

public sealed class PublishLoopTests : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventBusOptions _options = new();
    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly ConcurrentQueue<Exception> _errors = new();
    private readonly MessageEncoder _encoder = Message.Encoder();
    private readonly ScriptedConnection _connection = new();
    private readonly Meter _meter = new("EventBus.Tests.PublishLoop");
    private readonly BusDiagnostics _diagnostics;
    private readonly PublishQueue _queue;
    private readonly PublishLoop _loop;

    public PublishLoopTests()
    {
        _diagnostics = new BusDiagnostics(_logger, _errors.Enqueue, _meter, _time);
        _queue = new PublishQueue(
            _options.PublishQueueMessages, _options.PublishQueueBytes, _options.PublishWaitingBytes, _options.PublishTimeout, _time);
        var outcomes = new PublishOutcomes(_queue, _options, _time, _diagnostics);
        _loop = new PublishLoop(_queue, outcomes, _connection, _options, _time, _diagnostics, connectedChanged: null);
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        _meter.Dispose();
    }

    [Fact]
    public async Task ExecuteAsync_ending_at_the_deadline_keeps_its_outcome()
    {
        var statement = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Script(statement.Task);

        // Due at the same moment as the timer of the loop, and before it. The loop is notified of the end of the statement only later.
        await using var moment = _time.CreateTimer(
            _ => statement.SetResult(), state: null, _options.PublishTimeout + Grace, Timeout.InfiniteTimeSpan);
        _loop.Open();
        var emitting = PublishAsync();
        await UntilAsync(() => _connection.Executed > 0 && _time.Timers == 2);

        _time.Advance(_options.PublishTimeout + Grace);

        await emitting;
        Assert.Equal(0, _connection.Abandoned);
        Assert.Equal((1, 0), (_diagnostics.Published.Value, _diagnostics.PublishFailures.Value));
    }

    [Fact]
    public async Task NotifyAsync_while_the_connection_is_opened_is_sent_over_it()
    {
        var opening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Opening = opening.Task;
        _loop.Open();
        await UntilAsync(() => _connection.Openings == 1);

        var notified = _loop.NotifyAsync("channel");
        opening.SetResult();

        await notified.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ExecuteAsync_after_the_deadline_is_unknown_and_reconnects()
    {
        var statement = new TaskCompletionSource();
        _connection.Script(statement.Task);
        _loop.Open();
        var emitting = PublishAsync();
        await UntilAsync(() => _connection.Executed > 0 && _time.Timers == 1);

        _time.Advance(_options.PublishTimeout + Grace - TimeSpan.FromTicks(1));
        Assert.False(emitting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<EventOutcomeUnknownException>(() => emitting);
        await PublishAsync();
        Assert.Equal(1, _connection.Abandoned);
        statement.SetResult();
    }

    [Fact]
    public async Task Publish_meter_listener_that_throws_changes_no_outcome()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("thrown by the listener"));
        listener.Start();
        _loop.Open();

        await PublishAsync();
        await PublishAsync();

        Assert.Equal((2, 0), (_connection.Executed, _connection.Abandoned));
        Assert.Equal((2, 0), (_diagnostics.Published.Value, _diagnostics.PublishFailures.Value));
        Assert.Contains(_errors, static error => error.Message == "thrown by the listener");
    }

    [Fact]
    public async Task Publish_logger_that_throws_does_not_stop_the_loop()
    {
        _logger.Throws = true;
        _connection.OpenFailure = new IOException("not now");
        _connection.Script(Task.FromException(new IOException("cut")));
        _loop.Open();

        var first = PublishAsync();
        await UntilAsync(() => _time.Timers == 2); // the delay before it reconnects, and the expiry of the message
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<EventOutcomeUnknownException>(() => first);
        await PublishAsync();

        Assert.Equal((2, 1), (_connection.Executed, _connection.Abandoned));
        Assert.Contains(_errors, static error => error.Message == "thrown by the logger");
        Assert.Contains(_errors, static error => error.Message == "cut");
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_unused_connection_is_checked_before_an_event_only()
    {
        _loop.Open();
        await PublishAsync();
        _connection.IsUnused = true;
        Assert.True(_queue.TryPost([_encoder.Heartbeat()]));
        await UntilAsync(() => _diagnostics.Inline.Value == 2);
        Assert.Equal(0, _connection.Checks);

        _connection.IsUnused = true;
        await PublishAsync();
        Assert.Equal((1, 3), (_connection.Checks, _connection.Executed));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_heartbeat_that_meets_a_dead_connection_is_published_again()
    {
        _loop.Open();
        await PublishAsync();
        _connection.Script(Task.FromException(new IOException("dead")));
        Assert.True(_queue.TryPost([_encoder.Heartbeat()]));
        await UntilAsync(() => _connection.Executed == 3);

        await PublishAsync();
        Assert.Equal((1, 0), (_connection.Abandoned, _diagnostics.PublishFailures.Value));
        Assert.Contains(_errors, static error => error.Message == "dead");
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_heartbeat_that_ends_a_new_connection_is_published_again_after_a_pause()
    {
        _loop.Open();
        await PublishAsync();
        for (var i = 0; i < 3; i++)
            _connection.Script(Task.FromException(new IOException("ended by the heartbeat")));
        Assert.True(_queue.TryPost([_encoder.Heartbeat()]));

        // The first connection may have been dead before.
        await PauseAsync(executed: 3);
        await PauseAsync(executed: 4);
        await UntilAsync(() => _connection.Executed == 5);
        await PublishAsync();
        Assert.Equal((3, 0), (_connection.Abandoned, _diagnostics.PublishFailures.Value));

        async Task PauseAsync(int executed)
        {
            await UntilAsync(() => _connection.Executed > executed || (_connection.Executed == executed && _time.Timers > 0));
            Assert.Equal(executed, _connection.Executed);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_heartbeat_without_a_response_is_given_up_after_the_keepalive_interval()
    {
        var statement = new TaskCompletionSource();
        _loop.Open();
        await PublishAsync();
        _connection.Script(statement.Task);
        Assert.True(_queue.TryPost([_encoder.Heartbeat()]));
        await UntilAsync(() => _connection.Executed == 2 && _time.Timers == 1);

        _time.Advance(_options.KeepAliveInterval);
        await UntilAsync(() => _connection.Executed == 3);
        Assert.Equal((1, 0), (_connection.Abandoned, _diagnostics.PublishFailures.Value));
        statement.SetResult();
    }

    // The number of timers shows the state of the loop.
    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_measures_the_wait_once_also_if_the_connection_is_checked_first()
    {
        var waits = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) =>
            Interlocked.Add(ref waits, instrument.Name == "eventbus.queue.wait" ? 1 : 0));
        listener.Start();
        _loop.Open();

        await PublishAsync(Traces.Sent(_diagnostics));
        _connection.IsUnused = true;
        await PublishAsync(Traces.Sent(_diagnostics));
        Assert.Equal((1, 2), (_connection.Checks, Volatile.Read(ref waits)));
    }

    private Task PublishAsync(SentTrace? trace = null) =>
        _queue.EnqueueAsync(_encoder.Broadcast(Message.Event("e"), default, trace: trace), TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(30));
}
