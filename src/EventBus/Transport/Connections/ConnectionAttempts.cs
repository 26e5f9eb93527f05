namespace EventBus.Transport.Connections;

/// <summary>
/// Decides when a node or publisher may try to connect, and for how long: one attempt at a time, spaced, because many nodes may wait for a
/// server that starts. Thread-safe.
/// </summary>
internal sealed class ConnectionAttempts(TimeProvider time) : IDisposable
{
    /// <summary>The longest time of an attempt.</summary>
    public static readonly TimeSpan LongLimit = TimeSpan.FromSeconds(15);

    /// <summary>One attempt in so many has the longest time, in case the server always needs that long.</summary>
    private const int LongAttemptInterval = 30;

    /// <summary>One in so many has the time of a busy server, in case it needs longer than at first.</summary>
    private const int BusyAttemptInterval = 10;

    /// <summary>How often a caller that yields lets others go first.</summary>
    private const int MostYields = 3;

    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Yield = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _lock = new();

    // The second delay is the longest. So a node whose attempts fail makes at most two in a second, also in the first second.
    private readonly Backoff _backoff = new(Random.Shared, Backoff.First, Backoff.Longest, growth: 8);
    private long _postponedAt;
    private TimeSpan _postponement;
    private TimeSpan? _usual; // duration of the first successful attempt
    private volatile int _count; // since the last success
    private long? _respondedAt; // the server has accepted or rejected an attempt

    /// <summary>The time that the next attempt waits.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            lock (_lock)
                return Left;
        }
    }

    private TimeSpan Left
    {
        get
        {
            var left = _postponement - time.GetElapsedTime(_postponedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Makes an attempt. It waits for the attempts of other callers, and for the time that <see cref="Postpone"/> has set. If it fails, the
    /// next one waits.
    /// </summary>
    /// <param name="yields">Whether other callers go first if attempts have failed or must wait.</param>
    /// <param name="attempt">The attempt, with its limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<T> MakeAsync<T>(bool yields, Func<TimeSpan, Task<T>> attempt, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(yields, cancellationToken).ConfigureAwait(false);
        try
        {
            var limit = NextLimit();
            var began = time.GetTimestamp();
            var result = await attempt(limit).ConfigureAwait(false);
            Succeed(time.GetElapsedTime(began));
            return result;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (exception is not TimeoutException)
                _respondedAt = time.GetTimestamp();
            Postpone();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes the next attempt wait, unless it already does.</summary>
    /// <returns>How long it waits: at most <see cref="Backoff.Longest"/>.</returns>
    public TimeSpan Postpone()
    {
        lock (_lock)
        {
            if (Left is var left && left > TimeSpan.Zero)
                return left;
            _postponedAt = time.GetTimestamp();
            return _postponement = _backoff.Next();
        }
    }

    /// <summary>The next failure is not one of a series.</summary>
    public void Reset()
    {
        lock (_lock)
            _backoff.Reset();
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>
    /// Only the first connection can raise the limit, and only to a bound. If each slow attempt raised it, a busy server would make the
    /// node slower and slower to find a hanging attempt.
    /// </summary>
    internal static TimeSpan LimitAfter(TimeSpan? usual) =>
        usual * 2 is { } limit && limit > ShortLimit ? (limit < BusyLimit ? limit : BusyLimit) : ShortLimit;

    private async Task TakeTurnAsync(bool yields, CancellationToken cancellationToken)
    {
        for (var waits = 0; ; waits++)
        {
            var left = UntilNext;
            if (yields && waits < MostYields && (_count > 0 || left > TimeSpan.Zero))
                left += Yield;
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (UntilNext == TimeSpan.Zero)
                return;
            _turn.Release();
        }
    }

    private TimeSpan NextLimit()
    {
        var isLong = _count % LongAttemptInterval == (_usual is null ? 0 : LongAttemptInterval - 1);
        var mayBeBusy = _count % BusyAttemptInterval == BusyAttemptInterval - 1;
        _count++;
        if (isLong)
            return LongLimit;
        if (mayBeBusy)
            return BusyLimit;

        // An attempt that hangs although the server has just responded is no dead link: many nodes connect to a server that has started.
        // Giving up would cost the server as much again.
        if (_respondedAt is { } respondedAt && time.GetElapsedTime(respondedAt) < BusyLimit)
            return BusyLimit;
        return LimitAfter(_usual);
    }

    private void Succeed(TimeSpan duration)
    {
        _respondedAt = time.GetTimestamp();

        // Many nodes may have waited for the same server: the second connection of each is spaced like an attempt.
        if (_count > 1)
            Postpone();
        _count = 0;
        _usual ??= duration;
    }
}
