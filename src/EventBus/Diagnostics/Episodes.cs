namespace EventBus.Diagnostics;

/// <summary>
/// Runs of failures of different kinds: the first of each kind is logged, the others are only counted. A quiet minute ends the run of a
/// kind. Thread-safe.
/// </summary>
/// <remarks>A flood of ever new failures must not flood the log, so the number of kinds at the same time is bounded.</remarks>
internal sealed class Episodes(TimeProvider time)
{
    /// <summary>The most kinds with an open episode. Failures of further kinds are not logged.</summary>
    public const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Episode> _open = new(StringComparer.Ordinal);

    /// <summary>Counts a failure; true if it is the first of the episode of its kind, and may be logged.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="lines">The budget of log lines. Without a line no episode begins, so the failure is logged when it comes again.</param>
    public bool Begins(string kind, TokenBucket lines)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(kind, out var episode) && episode.IsOpen)
                return episode.Begins();
            if (episode is null && _open.Count == Capacity && !TryForgetEnded())
                return false;
            if (!lines.TryTake(1))
                return false;
            if (episode is null)
                _open.Add(kind, episode = new Episode(time));
            return episode.Begins();
        }
    }

    private bool TryForgetEnded()
    {
        foreach (var (kind, episode) in _open)
        {
            if (!episode.IsOpen)
                _open.Remove(kind); // The enumeration of a dictionary allows it.
        }

        return _open.Count < Capacity;
    }
}
