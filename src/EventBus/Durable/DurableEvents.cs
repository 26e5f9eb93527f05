using EventBus.CompilerServices;
using EventBus.Transport.Journal;
using EventBus.Wire;

namespace EventBus.Durable;

/// <summary>Decodes the events of the journal for a handler. Thread-safe.</summary>
/// <param name="handler">The handler.</param>
/// <param name="rooms">Its rooms: it receives the events that a socket in these rooms receives.</param>
/// <param name="time">The clock.</param>
internal sealed class DurableEvents(IDurableHandler handler, IReadOnlyCollection<string> rooms, TimeProvider time)
{
    /// <summary>Returns the partition of a key. The formula is specified, and never changes.</summary>
    public static int PartitionOf(int key, int partitions) => (int)((((uint)key >> 16) ^ ((uint)key & 0xFFFF)) % (uint)partitions);

    /// <summary>Decodes an event; null if it is not sent to the rooms of the handler.</summary>
    /// <exception cref="EventSerializationException">It is not an event of the contract.</exception>
    public object? Decode(JournalEvent item)
    {
        var message = item.IsAttached
            ? NotificationDecoder.DecodeAttachment(item.Body, handler.Namespace)
            : NotificationDecoder.Decode(item.Body, handler.Namespace, out _);
        if (message is not { Type: MessageType.Broadcast })
            throw new EventSerializationException("The row of the journal holds no event.", 0);
        if (!Concerns(message.Options))
            return null;
        var origin = new EventOrigin
        {
            Namespace = message.Namespace,
            Sender = message.Uid == MessageEncoderOptions.EmitterUid ? null : message.Uid,
            Source = message.Key.Source,
            Number = message.Key.Number,
            Rooms = message.Options.Rooms,
            IsReceived = true,
            Time = time,
        };
        return handler.Decoder.Decode(message.EventName.Span, message.PacketData, in origin);
    }

    private bool Concerns(in BroadcastOptions options) =>
        (options.Rooms.Count == 0 || ContainsAny(options.Rooms)) && !ContainsAny(options.Except);

    private bool ContainsAny(in RoomSet named)
    {
        for (var i = 0; i < named.Count; i++)
        {
            if (rooms.Contains(named[i]))
                return true;
        }

        return false;
    }
}
