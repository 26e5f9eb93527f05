namespace EventBus.Transport;

/// <summary>
/// The delay before the next attempt. It grows each time up to a limit, and is shortened at random by up to a quarter, so that nodes do
/// not reconnect at the same moment.
/// </summary>
/// <param name="random">Shortens the delays.</param>
/// <param name="first">The first delay.</param>
/// <param name="longest">The longest delay.</param>
/// <param name="growth">The factor from one delay to the next.</param>
internal sealed class Backoff(Random random, TimeSpan first, TimeSpan longest, int growth = 2)
{
    /// <summary>The first delay if the caller names none.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest delay if the caller names none: a server that is back is found within a second.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(800);

    private TimeSpan? _last; // null before the first delay

    public Backoff(Random random)
        : this(random, First, Longest)
    {
    }

    public TimeSpan Next()
    {
        var next = _last * growth ?? first;
        _last = next < longest ? next : longest;
        return _last.Value * (0.75 + (random.NextDouble() / 4));
    }

    public void Reset() => _last = null;
}
