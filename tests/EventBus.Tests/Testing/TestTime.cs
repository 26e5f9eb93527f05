using System.Diagnostics;

namespace EventBus.Tests.Testing;

/// <summary>A clock that a test advances. It counts the active timers, so that a test can find a timer that was not disposed.</summary>
/// <remarks>
/// <para>
/// The time moves first, and then the timers that are due fire in their order, on the thread that calls <see cref="Advance"/>, before it
/// returns. A timer with a due time of zero fires on the thread that sets it. Thread-safe.
/// </para>
/// <para>
/// <c>FakeTimeProvider</c> does not promise that: each thread that reads its time fires timers, and meanwhile <c>Advance</c> fires none.
/// </para>
/// </remarks>
internal sealed class TestTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan TimerLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<TestTimer> _active = []; // in the order in which they were set
    private long _ticks = Start.Ticks;

    /// <summary>The number of active timers.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
                return _active.Count;
        }
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_lock)
            _ticks += by.Ticks;
        while (TakeDue() is { } timer)
            timer.Call();
    }

    /// <summary>Whether an active timer is due within this time.</summary>
    public bool IsDueWithin(TimeSpan time)
    {
        lock (_lock)
            return _active.Exists(timer => timer.Due <= _ticks + time.Ticks);
    }

    /// <summary>Waits until this many timers are active. A task can complete just before it disposes its timer.</summary>
    public async Task AssertTimersAsync(int expected)
    {
        var began = Stopwatch.GetTimestamp();
        while (Timers != expected && Stopwatch.GetElapsedTime(began) < TimerLimit)
            await Task.Yield();
        Assert.Equal(expected, Timers);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TestTimer? TakeDue()
    {
        lock (_lock)
        {
            var next = _active.MinBy(static timer => timer.Due);
            if (next is null || next.Due > _ticks)
                return null;
            next.Next();
            return next;
        }
    }

    private sealed class TestTimer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _isDisposed;

        public long Due { get; private set; }

        public void Call() => callback(state);

        /// <summary>The timer is about to fire. The caller holds the lock.</summary>
        public void Next()
        {
            if (_period > TimeSpan.Zero)
                Due += _period.Ticks;
            else
                time._active.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._active.Remove(this);
                if (_isDisposed)
                    return false;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                (Due, _period) = (time._ticks + dueTime.Ticks, period);
                time._active.Add(this);
                if (dueTime > TimeSpan.Zero)
                    return true;
                Next();
            }

            Call();
            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                _isDisposed = true;
                time._active.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
