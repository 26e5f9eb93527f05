namespace EventBus.Transport.Postgres;

/// <summary>When a node sweeps: once per interval while attachments come, and seldom while none do. Any thread may see attachments, one loop waits.</summary>
/// <remarks>Nobody has to have seen an attachment for it to be removed: a node that died before it was old enough, or a peer that nobody here listens to, may have left it.</remarks>
internal sealed class SweepRhythm(TimeSpan interval, TimeProvider time, Random random)
{
    /// <summary>How many intervals an idle node waits at the most.</summary>
    public const int IdleIntervals = 10;

    private static readonly TimeSpan LongestIdle = TimeSpan.FromDays(1);

    private readonly TimeSpan _idle = TimeSpan.FromTicks(Math.Max(interval.Ticks, Math.Min(interval.Ticks * IdleIntervals, LongestIdle.Ticks)));
    private readonly AsyncSignal _woken = new(isInline: true); // Whoever sees one only sets a timer.
    private long _lastSeen = time.GetTimestamp(); // As if when it starts: there may be one that was written just before.
    private long _lastSwept = time.GetTimestamp();
    private volatile bool _isIdle;

    /// <summary>There is an attachment, which will be old enough in an interval.</summary>
    public void Seen()
    {
        Volatile.Write(ref _lastSeen, time.GetTimestamp());
        if (_isIdle)
            _woken.Set();
    }

    /// <summary>Completes when it is time to sweep, or it is stopped.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        _isIdle = true;
        if (MayBeLeft)
            _isIdle = false;
        else
            await IdleAsync(stop).ConfigureAwait(false);

        if (MayBeLeft)
            await Task.Delay(Part(interval), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lastSwept = time.GetTimestamp();
    }

    // One that was seen less than an interval before the last sweep was too young for it.
    private bool MayBeLeft => time.GetElapsedTime(Volatile.Read(ref _lastSeen), _lastSwept) < interval;

    private async Task IdleAsync(CancellationToken stop)
    {
        var timer = time.CreateTimer(static woken => ((AsyncSignal)woken!).Set(), _woken, Part(_idle), Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            using var stopping = stop.UnsafeRegister(static woken => ((AsyncSignal)woken!).Set(), _woken);
            await _woken.WaitAsync().ConfigureAwait(false);
        }

        _isIdle = false;
    }

    // Nodes that started together do not sweep together.
    private TimeSpan Part(TimeSpan whole) => whole * (0.5 + (random.NextDouble() / 2));
}
