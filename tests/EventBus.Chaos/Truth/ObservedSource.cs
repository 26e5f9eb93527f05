namespace EventBus.Chaos.Truth;

/// <summary>The events of one source that a raw listener received, by their number on the wire.</summary>
internal sealed class ObservedSource(string name)
{
    private readonly HashSet<long> _numbers = [];
    private readonly List<(long After, long Before)> _gaps = [];
    private bool _isInterrupted;

    public string Name => name;

    /// <summary>The highest number on the wire.</summary>
    public long Last { get; private set; }

    /// <summary>The publisher, which the arguments of its events name.</summary>
    public int? Publisher { get; private set; }

    /// <summary>The number on the wire minus the number among the arguments.</summary>
    public long Offset { get; private set; }

    /// <summary>Events whose two numbers differ by another offset than those before.</summary>
    public int Inconsistent { get; private set; }

    /// <summary>Events that arrived again.</summary>
    public int Repeated { get; private set; }

    /// <summary>Events that arrived after a later one.</summary>
    public int Disordered { get; private set; }

    public int Count => _numbers.Count;

    /// <summary>The listener was interrupted: events between the last one and the next one are unobserved.</summary>
    public void Interrupt() => _isInterrupted = true;

    public void Take(long number)
    {
        if (!_numbers.Add(number))
            Repeated++;
        else if (number < Last)
            Disordered++;
        if (_isInterrupted)
            _gaps.Add((Last, number));
        _isInterrupted = false;
        Last = Math.Max(Last, number);
    }

    public void Identify(int publisher, long argument, long number)
    {
        if (Publisher is not null && Offset != number - argument)
            Inconsistent++;
        (Publisher, Offset) = (publisher, number - argument);
    }

    /// <summary>Whether an event, by its number among the arguments, was received.</summary>
    public bool Has(long argument) => _numbers.Contains(argument + Offset);

    /// <summary>Whether an event may have been committed while the listener was interrupted.</summary>
    public bool IsUnobserved(long argument) =>
        _gaps.Exists(gap => gap.After < argument + Offset && argument + Offset < gap.Before);
}
