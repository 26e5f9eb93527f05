using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Fuzz;

/// <summary>What is fuzzed: decoding a message, and then the values in it, as a receiver of any type would.</summary>
internal static class FuzzTarget
{
    /// <summary>Whether the message was accepted. Any exception but the typed rejection, and any broken promise, travels.</summary>
    public static bool Accepts(ReadOnlyMemory<byte> bytes, FuzzSeed seed)
    {
        try
        {
            var message = seed.Encoding is ValueEncoding.Json
                ? NotificationDecoder.Decode(bytes, seed.Namespace, out _)
                : NotificationDecoder.DecodeAttachment(bytes, seed.Namespace, seed.Header);
            if (message is null)
                return true;
            if (message.Type is MessageType.Broadcast or MessageType.ServerSideEmit)
                CheckPacket(message);
            if (!message.Ack.Bytes.IsEmpty)
                ReadWhole(message.Ack);
            return true;
        }
        catch (EventSerializationException)
        {
            return false;
        }
    }

    private static void CheckPacket(ClusterMessage message)
    {
        var data = ReadWhole(message.PacketData);
        var name = System.Text.Encoding.UTF8.GetString(message.EventName.Span);
        if (data.Items[0].GetString() != name)
            throw new InvalidOperationException($"The event's name is '{name}', but its packet says '{data.Items[0]}'.");
    }

    /// <summary>The decoder has promised that the slice is one whole, valid value.</summary>
    private static EventValue ReadWhole(EncodedValue value)
    {
        if (value.Encoding is ValueEncoding.Json)
        {
            var json = new JsonValueReader(value.Bytes.Span);
            var read = EventValueFormatter.Read(ref json);
            json.EnsureEnd();
            return read;
        }

        var messagePack = new MessagePackValueReader(value.Bytes.Span);
        var whole = EventValueFormatter.Read(ref messagePack);
        messagePack.EnsureEnd();
        return whole;
    }
}
