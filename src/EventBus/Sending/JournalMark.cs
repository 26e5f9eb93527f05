namespace EventBus;

/// <summary>Whether an event is written to the journal, and under which key. The default value: it is not.</summary>
/// <param name="EventName">The event's name on the wire, in UTF-8; null if it is not journaled.</param>
/// <param name="Key">The hash of its partition key; 0 if it has none.</param>
internal readonly record struct JournalMark(byte[]? EventName, int Key)
{
    /// <summary>Whether the event is journaled.</summary>
    public bool IsSet => EventName is not null;

    /// <summary>The mark of a packet: its own, or if all events are journaled, one without a key.</summary>
    public static JournalMark Of<TPacket>(in TPacket packet, JournalScope scope)
        where TPacket : struct, IPacket
        => packet.Journal is { IsSet: true } mark ? mark
            : scope == JournalScope.All ? new JournalMark(packet.EventName, Key: 0)
            : default;
}
