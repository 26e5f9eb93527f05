using Microsoft.Extensions.Time.Testing;

namespace EventBus.Tests.Testing;

/// <summary>A clock that a test advances. It counts the active timers, so that a test can find a timer that was not disposed.</summary>
internal sealed class TestTime : FakeTimeProvider
{
    private readonly HashSet<CountedTimer> _set = [];

    /// <summary>The number of active timers.</summary>
    public int Timers
    {
        get
        {
            lock (_set)
                return _set.Count;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(_set, callback, state);
        timer.Inner = base.CreateTimer(
            static timer => ((CountedTimer)timer!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class CountedTimer(HashSet<CountedTimer> set, TimerCallback callback, object? state) : ITimer
    {
        private bool _repeats;

        public ITimer Inner { get; set; } = null!;

        public void Fire()
        {
            if (!_repeats)
                Count(isSet: false);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _repeats = period > TimeSpan.Zero;
            Count(dueTime != Timeout.InfiniteTimeSpan);
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Count(isSet: false);
            Inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Count(isSet: false);
            return Inner.DisposeAsync();
        }

        private void Count(bool isSet)
        {
            lock (set)
            {
                if (isSet)
                    set.Add(this);
                else
                    set.Remove(this);
            }
        }
    }
}
