using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport;
using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

public sealed class ReadingPauseTests : IAsyncDisposable
{
    private const int Capacity = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceiveQueue<Notification> _queue = new(Capacity);
    private readonly ReadingPause _pause;
    private Func<Task<double>> _usage = static () => Task.FromResult(0.0);
    private int _checks;

    public ReadingPauseTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: _time);
        _pause = new ReadingPause(_queue, ReadUsageAsync, Longest, _time, _diagnostics);
    }

    public ValueTask DisposeAsync() => _pause.DisposeAsync();

    [Fact]
    public async Task TryWaitAsync_queue_with_places_neither_waits_nor_sets_a_timer()
    {
        Add(Capacity - 1);
        Assert.False(await _pause.TryWaitAsync());
        Assert.Equal((0, 0), (_checks, _time.Timers));
    }

    [Fact]
    public async Task TryWaitAsync_full_queue_waits_until_half_is_delivered()
    {
        Add(Capacity);
        var waiting = _pause.TryWaitAsync().AsTask();
        Deliver((Capacity / 2) - 1);
        Assert.False(waiting.IsCompleted);
        Deliver(1);
        Assert.True(await waiting);
        Assert.False(await _pause.TryWaitAsync());
        Assert.Equal((0, 0, 1), (_checks, _time.Timers, _logger.Count(115)));
    }

    [Fact]
    public async Task TryWaitAsync_woken_listener_goes_on_pausing_while_more_than_half_waits()
    {
        Add(Capacity);
        var waiting = _pause.TryWaitAsync().AsTask();
        Deliver(1);
        _queue.WakeListener();
        Assert.True(await waiting);

        waiting = _pause.TryWaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        Deliver(Capacity / 2);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task TryWaitAsync_checks_the_usage_in_intervals_and_reads_on_above_ten_percent()
    {
        Add(Capacity);
        for (var i = 1; i < 10; i++)
        {
            Assert.True(await WaitForIntervalAsync());
            Assert.Equal((i, false), (_checks, _queue.IsOverrun));
        }

        _usage = static () => Task.FromResult(ReadingPause.MaxUsage);
        Assert.True(await WaitForIntervalAsync());
        Assert.False(_queue.IsOverrun);

        _usage = static () => Task.FromResult(ReadingPause.MaxUsage + 0.01);
        Assert.True(await WaitForIntervalAsync());
        Assert.True(_queue.Overrun.IsCancellationRequested);
        Assert.False(await _pause.TryWaitAsync());
        Assert.Contains(_logger.Entries, static entry => entry.Id.Id == 122 && entry.Text.Contains("11", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryWaitAsync_reads_on_after_the_longest_pause_even_if_the_check_fails_or_hangs(bool hangs)
    {
        var hanging = new TaskCompletionSource<double>();
        _usage = hangs ? () => hanging.Task : static () => Task.FromException<double>(new IOException("no connection"));
        Add(Capacity);
        var began = _time.GetTimestamp();
        while (!_queue.IsOverrun)
            await WaitForIntervalAsync();
        hanging.SetResult(0);

        Assert.Equal(Longest, _time.GetElapsedTime(began));
        Assert.Equal(hangs ? 1 : 19, _checks);
    }

    [Fact]
    public async Task Add_overrun_queue_discards_the_newest_until_half_is_delivered()
    {
        _usage = static () => Task.FromResult(1.0);
        Add(Capacity);
        await WaitForIntervalAsync();

        Add(3);
        Assert.Equal((3L, Capacity), (_diagnostics.Discarded.Value, _queue.Waiting));
        Deliver(2);
        Add(3);
        Assert.Equal((4L, Capacity), (_diagnostics.Discarded.Value, _queue.Waiting));
        Deliver(Capacity / 2);
        Assert.False(await _pause.TryWaitAsync());
        Assert.False(_queue.IsOverrun);
        Assert.Equal((1, 1), (_logger.Count(122), _logger.Count(123)));

        // After that, it can pause again.
        Add(Capacity / 2);
        Assert.True(await WaitForIntervalAsync());
    }

    private Task<double> ReadUsageAsync()
    {
        _checks++;
        return _usage();
    }

    private async Task<bool> WaitForIntervalAsync()
    {
        var waiting = _pause.TryWaitAsync().AsTask();
        while (!waiting.IsCompleted)
        {
            if (_time.Timers > 0)
                _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        return await waiting;
    }

    private void Add(int notifications)
    {
        for (var i = 0; i < notifications; i++)
            _pause.Add(new Notification("/", "{}"));
    }

    private void Deliver(int notifications)
    {
        for (var i = 0; i < notifications; i++)
        {
            Assert.True(_queue.TryTake(out _));
            _queue.MarkDelivered();
        }
    }
}
