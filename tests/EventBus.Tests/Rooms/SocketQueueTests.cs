using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

public sealed class SocketQueueTests : IAsyncDisposable
{
    private const int MaxEvents = 2;
    private const int OverflowEvents = 4;
    private const int Full = 1 + MaxEvents + OverflowEvents; // One is being handled.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly Inbox<Exception> _reported = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceivePressure _pressure;
    private readonly BlockableSocket _socket;

    public SocketQueueTests()
    {
        _diagnostics = new BusDiagnostics(_logger, _reported.Add, time: _time);
        _pressure = new ReceivePressure(MaxEvents, OverflowEvents * BlockableSocket.EventBytes, LongestWait, _time);
        _socket = new BlockableSocket("a", _pressure, _diagnostics);
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    [Fact]
    public async Task TryEnqueue_accepts_events_beyond_the_count_into_the_overflow_in_order()
    {
        await _socket.FillAsync(Full, isReceived: false);
        Assert.Equal(Enumerable.Range(0, Full).Select(static i => (long)i), await _socket.HandleLastAsync(Full));
        Assert.Equal(0, _diagnostics.Dropped.Value);
    }

    [Fact]
    public async Task TryEnqueue_full_queue_drops_local_events_and_reports_the_first()
    {
        await _socket.FillAsync(Full, isReceived: false);
        for (var i = 0; i < 3; i++)
            Assert.False(_socket.Deliver(100 + i, isReceived: false));

        Assert.False(_pressure.IsCongested);
        Assert.Equal(3, _diagnostics.Dropped.Value);
        Assert.Equal((1, 0), (_logger.Count(202), _logger.Count(207)));
        Assert.IsType<EventsDroppedException>(await _reported.NextAsync());
        Assert.Equal(0, _reported.Count);

        await DrainAsync(Full);
        Assert.Contains(_logger.Entries, static entry => entry.Text.Contains("3 events were dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TryEnqueue_full_queue_accepts_one_received_event_and_the_pump_waits()
    {
        await _socket.FillAsync(Full);
        Assert.False(_pressure.IsCongested);

        Assert.True(_socket.Deliver(7));

        Assert.True(_pressure.IsCongested);
        Assert.Equal((1, 0L), (_logger.Count(207), _diagnostics.Dropped.Value));
        var waiting = _pressure.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await DrainAsync(Full + 1);
        await waiting;
        Assert.False(_pressure.IsCongested);
    }

    [Fact]
    public async Task WaitAsync_completes_when_half_of_the_overflow_has_drained()
    {
        var waiting = await CongestAsync();

        await _socket.HandleAsync(MaxEvents + (OverflowEvents / 2));
        Assert.False(waiting.IsCompleted);

        await _socket.HandleAsync(1);
        await waiting;
        Assert.Equal(0, _diagnostics.Dropped.Value);
    }

    [Fact]
    public async Task WaitAsync_gives_up_on_a_handler_without_progress_for_500_ms()
    {
        var waiting = await CongestAsync();
        await AdvanceAsync(Congestion.BlockedIntervals - 1);
        Assert.False(waiting.IsCompleted);
        await AdvanceAsync(1);
        await waiting;

        Assert.False(_socket.Deliver(100));
        Assert.False(_pressure.IsCongested);
        Assert.Equal(1, _diagnostics.Dropped.Value);
    }

    [Fact]
    public async Task WaitAsync_waits_for_a_slow_handler_for_the_longest_wait()
    {
        const int events = 200;
        var pressure = new ReceivePressure(maxEvents: events, maxOverflow: 1, LongestWait, _time);
        await using var socket = new BlockableSocket("slow", pressure, _diagnostics);
        await socket.FillAsync(events + 3);
        var waiting = pressure.WaitAsync(CancellationToken.None);

        for (var waited = ReceivePressure.Interval; waited < LongestWait; waited += ReceivePressure.Interval)
        {
            await socket.HandleAsync(1);
            await AdvanceAsync(1);
            Assert.False(waiting.IsCompleted);
        }

        await AdvanceAsync(1);
        await waiting;
        Assert.True(pressure.IsCongested is false && socket.Deliver(1000)); // It accepts events again, but the pump does not wait for it.
    }

    [Fact]
    public async Task WaitAsync_cancelled_gives_up_at_once()
    {
        await _socket.FillAsync(Full + 1);
        using var giveUp = new CancellationTokenSource();
        var waiting = _pressure.WaitAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await waiting;
        Assert.False(_socket.Deliver(100));
    }

    [Fact]
    public async Task WaitAsync_waits_for_the_rest_of_the_time_in_the_same_episode()
    {
        var first = await CongestAsync();
        await AdvanceAsync(Congestion.BlockedIntervals - 1);
        await _socket.HandleAsync(1);
        await AdvanceAsync(Congestion.BlockedIntervals - 1);
        await _socket.HandleAsync(MaxEvents + (OverflowEvents / 2));
        await first;

        while (!_pressure.IsCongested)
            Assert.True(_socket.Deliver(8));
        var second = _pressure.WaitAsync(CancellationToken.None);
        var rest = LongestWait - (2 * (Congestion.BlockedIntervals - 1) * ReceivePressure.Interval);
        for (var waited = ReceivePressure.Interval; waited < rest; waited += ReceivePressure.Interval)
        {
            if (waited.Ticks % (4 * ReceivePressure.Interval.Ticks) == 0)
                await RefillAsync();
            await AdvanceAsync(1);
            Assert.False(second.IsCompleted);
        }

        await AdvanceAsync(1);
        await second;
        Assert.Equal(1, _logger.Count(207));

        // One event is handled and another arrives: there is progress, but the overflow never drains to half.
        async Task RefillAsync()
        {
            await _socket.HandleAsync(1);
            Assert.True(_socket.Deliver(8));
        }
    }

    [Fact]
    public async Task WaitAsync_short_waits_use_up_the_time()
    {
        var step = ReceivePressure.Interval / 2;
        var waiting = await CongestAsync();
        for (var waited = step; waited <= LongestWait; waited += step)
        {
            Assert.True(_pressure.IsCongested);
            _time.Advance(step);
            await _socket.HandleAsync(1 + MaxEvents + (OverflowEvents / 2));
            await waiting;
            while (!_pressure.IsCongested && _socket.Deliver(8))
            {
            }

            waiting = _pressure.WaitAsync(CancellationToken.None);
        }

        Assert.False(_pressure.IsCongested);
        Assert.Equal(1, _diagnostics.Dropped.Value);
    }

    [Fact]
    public async Task WaitAsync_waits_again_after_the_queue_has_drained()
    {
        var waiting = await CongestAsync();
        await AdvanceAsync(Congestion.BlockedIntervals);
        await waiting;
        Assert.False(_socket.Deliver(100));
        await DrainAsync(Full + 1);

        await _socket.FillAsync(Full + 1);
        Assert.True(_pressure.IsCongested);
        Assert.Equal((1, 1, 2), (_logger.Count(202), _logger.Count(203), _logger.Count(207)));
    }

    [Fact]
    public async Task WaitAsync_completes_when_the_socket_leaves()
    {
        var waiting = await CongestAsync();
        var leaving = _socket.LeaveAsync();
        await waiting;
        Assert.False(leaving.IsCompleted);
    }

    [Fact]
    public async Task WaitAsync_gives_up_on_two_sockets_one_by_one()
    {
        await using var other = new BlockableSocket("b", _pressure, _diagnostics);
        await _socket.FillAsync(Full + 1);
        await other.FillAsync(Full + 1);

        var waiting = _pressure.WaitAsync(CancellationToken.None);
        await AdvanceAsync(Congestion.BlockedIntervals - 1);
        await other.HandleAsync(1);
        await AdvanceAsync(1);
        Assert.False(waiting.IsCompleted);
        Assert.False(_socket.Deliver(100));

        await other.HandleAsync(MaxEvents + (OverflowEvents / 2));
        await waiting;
        Assert.True(other.Deliver(100));
    }

    [Fact]
    public async Task DrainAsync_leaves_the_thread_after_512_events_and_stays_one_run()
    {
        const int events = 1_100;
        var mark = new ThreadMark();
        var handled = new Inbox<bool>();
        using var queued = new ManualResetEventSlim();
        var socket = new BlockableSocket("b", new ReceivePressure(events, 0, LongestWait, _time), _diagnostics);
        socket.Socket.On("other", _ =>
        {
#pragma warning disable EVB2007 // An awaited handler would leave the thread by itself.
            queued.Wait(TestContext.Current.CancellationToken);
#pragma warning restore EVB2007
            mark.Set();
            handled.Add(HandlerRun.IsInside);
            return ValueTask.CompletedTask;
        });
        for (var i = 0; i < events; i++)
            Assert.True(socket.Deliver(i, name: "other"));
        queued.Set();

        Assert.DoesNotContain(false, await handled.NextAsync(events));
        Assert.Equal(3, mark.Marks);
        await socket.DisposeAsync();
    }

    private async Task<Task> CongestAsync()
    {
        await _socket.FillAsync(Full + 1);
        return _pressure.WaitAsync(CancellationToken.None);
    }

    private async Task DrainAsync(int events)
    {
        await _socket.HandleLastAsync(events);
        while (_logger.Count(203) == 0)
            await Task.Yield();
    }

    // The wait begins its next interval after it has checked the queues.
    private async Task AdvanceAsync(int intervals)
    {
        for (var i = 0; i < intervals; i++)
        {
            _time.Advance(ReceivePressure.Interval);
            while (_pressure.IsCongested && _time.Timers == 0)
                await Task.Yield();
        }
    }
}
