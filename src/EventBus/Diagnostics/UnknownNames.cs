using System.Collections.Concurrent;

namespace EventBus.Diagnostics;

/// <summary>Remembers which names of events were unknown, so that each is logged once. Thread-safe.</summary>
internal sealed class UnknownNames
{
    /// <summary>The most names that are logged. Any peer can invent names.</summary>
    public const int Capacity = 256;

    // A peer may send an unknown event very often, so a look-up allocates nothing. If two names have one hash, one of them is not logged.
    private readonly ConcurrentDictionary<int, bool> _hashes = new();

    /// <summary>Remembers a name; true if it is new and may be logged.</summary>
    /// <param name="eventName">The name in UTF-8.</param>
    /// <param name="busNamespace">The bus namespace.</param>
    /// <param name="lines">The budget of log lines. A name beyond it is logged when it comes again.</param>
    public bool IsNew(ReadOnlySpan<byte> eventName, string busNamespace, TokenBucket lines)
    {
        var hash = default(HashCode);
        hash.AddBytes(eventName);
        hash.Add(busNamespace, StringComparer.Ordinal);
        var key = hash.ToHashCode();
        return !_hashes.ContainsKey(key) && _hashes.Count < Capacity && lines.TryTake(1) && _hashes.TryAdd(key, true);
    }
}
