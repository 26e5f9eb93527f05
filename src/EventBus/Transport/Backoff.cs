namespace EventBus.Transport;

/// <summary>
/// The delay before the next attempt. It doubles each time up to a limit, and is shortened at random by up to a quarter, so that nodes do
/// not reconnect at the same moment.
/// </summary>
/// <param name="random">Shortens the delays.</param>
/// <param name="first">The first delay.</param>
/// <param name="longest">The longest delay.</param>
internal sealed class Backoff(Random random, TimeSpan first, TimeSpan longest)
{
    /// <summary>The longest delay if the caller names none: a server that is back is found within a second.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(800);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    private TimeSpan? _last; // null before the first delay

    public Backoff(Random random)
        : this(random, First, Longest)
    {
    }

    public TimeSpan Next()
    {
        var next = _last * 2 ?? first;
        _last = next < longest ? next : longest;
        return _last.Value * (0.75 + (random.NextDouble() / 4));
    }

    public void Reset() => _last = null;
}
