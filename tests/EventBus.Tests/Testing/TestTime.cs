using Microsoft.Extensions.Time.Testing;

namespace EventBus.Tests.Testing;

/// <summary>A clock that a test advances. It counts the active timers, so that a test can find a timer that was not disposed.</summary>
/// <remarks>
/// A thread that reads the time of the base class fires the timers that are due, and meanwhile <c>Advance</c> on another thread fires none.
/// So reading the time fires nothing here, and <see cref="Advance"/> returns when all timers that were due have fired.
/// </remarks>
internal sealed class TestTime : FakeTimeProvider
{
    private static readonly TimeSpan FireLimit = TimeSpan.FromSeconds(30);

    [ThreadStatic]
    private static int s_firing;

    private readonly HashSet<CountedTimer> _active = [];
    private long _ticks;

    public TestTime() => _ticks = Start.UtcTicks;

    /// <summary>The number of active timers.</summary>
    public int Timers
    {
        get
        {
            lock (_active)
                return _active.Count;
        }
    }

    private long Ticks => Interlocked.Read(ref _ticks);

    public override long GetTimestamp() => Ticks;

    public override DateTimeOffset GetUtcNow() => new(Ticks, TimeSpan.Zero);

    public new void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _ticks, by.Ticks);
        base.Advance(by);

        // Another thread that sets a timer meanwhile fires those that are due. A callback cannot wait for itself.
        if (s_firing == 0 && !SpinWait.SpinUntil(() => !IsAnyDue(), FireLimit))
            throw new InvalidOperationException("A timer that is due did not fire.");
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, callback, state);
        timer.Inner = base.CreateTimer(
            static timer => ((CountedTimer)timer!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private bool IsAnyDue()
    {
        lock (_active)
            return _active.Any(timer => timer.Due <= Ticks);
    }

    private sealed class CountedTimer(TestTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private int _changes;

        public ITimer Inner { get; set; } = null!;

        public long Due { get; private set; }

        public void Fire()
        {
            var (changes, ticks, repeats) = (_changes, time.Ticks, _period > TimeSpan.Zero);
            if (!repeats)
                Deactivate();
            s_firing++;
            try
            {
                callback(state);
            }
            finally
            {
                s_firing--;
            }

            if (repeats)
                Repeat(changes, ticks);
        }

        /// <summary>A timer is counted when it is set, so that a test that has seen it can let it fire.</summary>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var change = Deactivate();
            _period = period;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return Inner.Change(dueTime, period);

            while (true)
            {
                var ticks = time.Ticks;
                if (!Inner.Change(dueTime, period))
                    return false;
                lock (time._active)
                {
                    if (_changes != change)
                        return true; // It has fired, or was set or disposed meanwhile.
                    if (time.Ticks != ticks)
                        continue;
                    Due = ticks + dueTime.Ticks;
                    time._active.Add(this);
                    return true;
                }
            }
        }

        public void Dispose()
        {
            Deactivate();
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Deactivate();
            return Inner.DisposeAsync();
        }

        private int Deactivate()
        {
            lock (time._active)
            {
                time._active.Remove(this);
                return ++_changes;
            }
        }

        // The base class sets the timer in the same way.
        private void Repeat(int changes, long ticks)
        {
            lock (time._active)
            {
                if (_changes != changes)
                    return;
                Due = (!time._active.Add(this) && time.Ticks == ticks ? Due : time.Ticks) + _period.Ticks;
                _changes++;
            }
        }
    }
}
