using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>An event that waits for one handler of a socket.</summary>
/// <param name="Handler">The handler.</param>
/// <param name="Decoded">The event.</param>
/// <param name="Ack">The ack, if one is requested.</param>
/// <param name="Overflow">The number of bytes that it counts in the overflow.</param>
/// <param name="Trace">Follows the event; null if nobody listens.</param>
internal readonly record struct QueuedEvent(
    SocketHandler Handler, object Decoded, PendingAck? Ack, int Overflow = 0, ReceivedTrace? Trace = null)
{
    /// <summary>Whether somebody must be told if it is dropped.</summary>
    public bool IsObserved => Ack is not null || Trace is not null;
}

/// <summary>
/// The events that wait for the handlers of a socket, in order and within bounds: a number of events of any size, and beyond it a number of
/// bytes, the overflow. Not thread-safe: the queue's lock guards it.
/// </summary>
/// <param name="maxEvents">The number of events that wait regardless of their size.</param>
/// <param name="maxOverflow">The number of bytes that wait beyond them; the last event may exceed it.</param>
internal sealed class EventBacklog(int maxEvents, int maxOverflow)
{
    /// <summary>The bytes that an event counts in the overflow beside its encoded size: its queue entry, and the decoded objects.</summary>
    public const int BytesPerEvent = 128;

    private readonly Queue<QueuedEvent> _events = new();

    /// <summary>The number of events that wait.</summary>
    public int Count => _events.Count;

    /// <summary>The bytes of the events that arrived when the number was reached.</summary>
    public long Overflow { get; private set; }

    /// <summary>Whether there is no room for another event.</summary>
    public bool IsFull => _events.Count >= maxEvents && Overflow >= maxOverflow;

    /// <summary>Whether at most half of the overflow is used.</summary>
    public bool IsHalfDrained => Overflow <= maxOverflow / 2;

    /// <summary>Adds an event, even if there is no room.</summary>
    /// <param name="added">The event.</param>
    /// <param name="size">The number of bytes of the encoded event.</param>
    public void Add(in QueuedEvent added, int size) => Enqueue(added, overflow: _events.Count < maxEvents ? 0 : size + BytesPerEvent);

    /// <summary>Adds an event to the full backlog in place of the oldest ones.</summary>
    /// <param name="added">The event.</param>
    /// <param name="size">The number of bytes of the encoded event.</param>
    /// <param name="observed">The dropped events that have an ack or are followed are added to it.</param>
    /// <returns>The number of dropped events, usually one.</returns>
    public int Replace(in QueuedEvent added, int size, ref List<QueuedEvent>? observed)
    {
        var dropped = 0;
        var overflow = size + BytesPerEvent;
        while (overflow > 0 && Overflow >= maxOverflow && _events.TryDequeue(out var oldest))
        {
            dropped++;
            Overflow -= oldest.Overflow;
            if (oldest.Overflow == 0)
                overflow = 0; // The event takes its place among those of any size.
            if (oldest.IsObserved)
                (observed ??= []).Add(oldest);
        }

        Enqueue(added, overflow);
        return dropped;
    }

    /// <summary>Takes the oldest event.</summary>
    public bool TryTake(out QueuedEvent next)
    {
        if (!_events.TryDequeue(out next))
            return false;
        Overflow -= next.Overflow;
        return true;
    }

    /// <summary>Drops all events.</summary>
    /// <param name="observed">The removed events with an ack or a trace are added to it.</param>
    public void Clear(ref List<QueuedEvent>? observed)
    {
        foreach (var dropped in _events)
        {
            if (dropped.IsObserved)
                (observed ??= []).Add(dropped);
        }

        _events.Clear();
        Overflow = 0;
    }

    private void Enqueue(in QueuedEvent added, int overflow)
    {
        Overflow += overflow;
        _events.Enqueue(added with { Overflow = overflow });
    }
}
