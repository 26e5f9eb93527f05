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

    /// <summary>Counts a failure; true if it is the first of the episode of its kind.</summary>
    public bool Begins(string kind)
    {
        lock (_lock)
        {
            if (!_open.TryGetValue(kind, out var episode))
            {
                if (_open.Count == Capacity && !TryForgetEnded())
                    return false;
                _open.Add(kind, episode = new Episode(time));
            }

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
