using System.Collections.Concurrent;

namespace EventBus.Diagnostics;

/// <summary>
/// The names of events by name that may be tags of measurements. An application that relays events can send any number of names, and each
/// would be a time series. Thread-safe.
/// </summary>
/// <param name="capacity">The most names. Later ones are no tags.</param>
internal sealed class MeasuredNames(int capacity)
{
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The names that this process sends.</summary>
    public static MeasuredNames Sent { get; } = new(capacity: 256);

    /// <summary>Whether the name is one of the first.</summary>
    public bool Admits(string eventName)
    {
        if (_names.ContainsKey(eventName))
            return true;
        if (Volatile.Read(ref _count) >= capacity)
            return false;
        if (Interlocked.Increment(ref _count) <= capacity && _names.TryAdd(eventName, true))
            return true;
        Interlocked.Decrement(ref _count); // Another thread has added it, or taken the last place.
        return _names.ContainsKey(eventName);
    }
}
