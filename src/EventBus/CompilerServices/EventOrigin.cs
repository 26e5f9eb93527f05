namespace EventBus.CompilerServices;

/// <summary>Where a packet came from and whom it is for, of which a context is made where an event asks for one.</summary>
internal readonly struct EventOrigin
{
    public required string Namespace { get; init; }

    /// <summary>The node; null where no node says it.</summary>
    public string? Sender { get; init; }

    public string? Source { get; init; }

    /// <summary>The event's own number; null where it has none.</summary>
    public long? Number { get; init; }

    public RoomSet Rooms { get; init; }

    /// <summary>Whether it came over the wire, and not from an emitter of this process.</summary>
    public bool IsReceived { get; init; }

    public required TimeProvider Time { get; init; }

    public EventContext Describe() => new()
    {
        Namespace = Namespace,
        Sender = Sender,
        Source = Source,
        Sequence = Number,
        ReceivedAt = Time.GetUtcNow(),
        Targets = Rooms,
    };
}
