using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Fuzz;

/// <summary>The code under test: decodes a message, and then its values like a receiver of any type.</summary>
internal sealed class FuzzTarget
{
    private readonly EventRecognizer _recognizer = new();

    /// <param name="seeds">The messages that it has received before, so that it recognizes events of their sources.</param>
    public FuzzTarget(IEnumerable<FuzzSeed> seeds)
    {
        foreach (var seed in seeds.Where(static seed => seed.Encoding is ValueEncoding.Json))
            _recognizer.Decode(seed.Bytes, seed.Namespace, out _, reused: null);
    }

    /// <summary>
    /// Returns whether the message was accepted. Throws on any exception but the typed rejection, and on any broken promise.
    /// </summary>
    public bool Accepts(ReadOnlyMemory<byte> bytes, FuzzSeed seed)
    {
        try
        {
            var message = seed.Encoding is ValueEncoding.Json
                ? _recognizer.Decode(bytes, seed.Namespace, out _, reused: null)
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
        ReadAsJson(message.PacketData);
        var name = System.Text.Encoding.UTF8.GetString(message.EventName.Span);
        if (data.Items[0].GetString() != name)
            throw new InvalidOperationException($"The event's name is '{name}', but its packet says '{data.Items[0]}'.");
    }

    /// <summary>Reads a slice as parsed JSON.</summary>
    private static void ReadAsJson(EncodedValue value)
    {
        try
        {
            if (value.Encoding is ValueEncoding.Json)
            {
                var json = new JsonValueReader(value.Bytes.Span);
                default(JsonElementFormatter).Read(ref json);
                return;
            }

            var messagePack = new MessagePackValueReader(value.Bytes.Span);
            default(JsonElementFormatter).Read(ref messagePack);
        }
        catch (EventSerializationException) when (value.Encoding is ValueEncoding.MessagePack)
        {
            // It holds binary, which has no JSON.
        }
    }

    /// <summary>Reads a slice, which the decoder guarantees to be one whole, valid value.</summary>
    private static EventValue ReadWhole(EncodedValue value)
    {
        if (value.Encoding is ValueEncoding.Json)
        {
            var json = new JsonValueReader(value.Bytes.Span);
            var read = default(EventValueFormatter).Read(ref json);
            json.EnsureEnd();
            return read;
        }

        var messagePack = new MessagePackValueReader(value.Bytes.Span);
        var whole = default(EventValueFormatter).Read(ref messagePack);
        messagePack.EnsureEnd();
        return whole;
    }
}
