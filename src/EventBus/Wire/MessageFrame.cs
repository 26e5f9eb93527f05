using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The bytes around the data of every message of one channel, and the header that announces an attachment. Thread-safe.</summary>
internal sealed class MessageFrame
{
    // {"type":3 for every type; and the key of the data behind it.
    private static readonly byte[][] TypesInJson = Array.ConvertAll(Enum.GetValues<MessageType>(), static type => TypeInJson(type));

    // {"uid":"…","type":3,"attachmentId":" for every type.
    private readonly byte[][] _heads;

    // The bytes after the id: "} or, up to the number or unique id, ","eb":{"s":"…","n":
    private readonly byte[] _tail;

    // The bytes of a message's JSON after its type and data, up to the number or unique id: ,"uid":"…","nsp":"…","eb":{"s":"…","n":
    private readonly byte[] _jsonEnd;

    public MessageFrame(MessageEncoderOptions options)
    {
        Options = options;
        _heads = Array.ConvertAll(Enum.GetValues<MessageType>(), type => Head(type));
        _tail = options.Source is null ? "\"}"u8.ToArray() : KeyAfterId(options.Source);
        _jsonEnd = JsonEnd();
    }

    public MessageEncoderOptions Options { get; }

    /// <summary>Whether messages carry EventBus's own key, and so need a number.</summary>
    public bool HasKey => Options.Source is not null;

    /// <summary>The most bytes that the number may append to a message.</summary>
    public int MaxTailBytes => Options.HasUniqueIds
        ? UniqueIdTail.MessagePackBytes + _tail.Length + UniqueIdTail.JsonBytes
        : NumberTail.MaxMessagePackBytes + _tail.Length + NumberTail.MaxJsonBytes(MessageType.AdapterClose);

    /// <summary>The fewest bytes that the number appends to the JSON of a message.</summary>
    public int MinJsonTail(MessageType type) => !HasKey ? 0 : Options.HasUniqueIds ? UniqueIdTail.JsonBytes : NumberTail.MinJsonBytes(type);

    /// <summary>The most bytes that the number appends to the JSON of a message.</summary>
    public int MaxJsonTail(MessageType type) => !HasKey ? 0 : Options.HasUniqueIds ? UniqueIdTail.JsonBytes : NumberTail.MaxJsonBytes(type);

    public ReadOnlyMemory<byte> HeadOf(MessageType type) => _heads[(int)type];

    /// <summary>
    /// Writes the JSON of a message up to its number; all of it if it has none. The bytes are those of <see cref="Write"/>, which are the
    /// same around the data of each message.
    /// </summary>
    /// <param name="buffer">The output.</param>
    /// <param name="body">The data.</param>
    /// <param name="metBinary">Whether binary was written, so that the text must not be used.</param>
    /// <returns>The place of the packet's data in the output.</returns>
    public Range WriteJson<TBody>(PooledBuffer buffer, in TBody body, out bool metBinary)
        where TBody : struct, IMessageBody
    {
        buffer.Write(TypesInJson[(int)body.Type]);
        var packetData = default(Range);
        metBinary = false;
        if (body.HasData)
        {
            buffer.Write(",\"data\":"u8);
            var writer = new JsonValueWriter(buffer, depth: 1);
            packetData = body.WriteData(ref writer, Options);
            metBinary = writer.MetBinary;
        }

        buffer.Write(_jsonEnd);
        return packetData;
    }

    /// <summary>Writes a message up to its number; all of it if it has none.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="body">The data.</param>
    /// <param name="laterKeys">The number of keys that follow the number in the key of EventBus.</param>
    /// <returns>The place of the packet's data in the output.</returns>
    public Range Write<TWriter, TBody>(ref TWriter writer, in TBody body, int laterKeys = 0)
        where TWriter : IValueWriter, allows ref struct
        where TBody : struct, IMessageBody
    {
        var packetData = default(Range);
        writer.BeginMap(2 + Count(body.HasData) + Count(!Options.AsReferenceEmitter) + Count(HasKey));
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger((long)body.Type);
        if (body.HasData)
        {
            writer.WriteKey(WireKeys.Data);
            packetData = body.WriteData(ref writer, Options);
        }

        writer.WriteKey(WireKeys.Uid);
        writer.WriteString(Options.Uid);
        if (!Options.AsReferenceEmitter)
        {
            writer.WriteKey(WireKeys.Namespace);
            writer.WriteString(Options.Namespace);
        }

        if (Options.Source is { } source)
            WriteKey(ref writer, source, body.Type, laterKeys);
        else
            writer.EndMap();
        return packetData;
    }

    /// <summary>Reserves space for the number and the trace, so that appending them moves nothing.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="trace">The trace; null: none.</param>
    /// <param name="most">The most bytes that the trace may take.</param>
    public void ReserveTail(PooledBuffer buffer, SentTrace? trace, int most = int.MaxValue) =>
        buffer.GetSpan(MaxTailBytes + Math.Min(TraceTail.MaxBytes(trace), most));

    /// <summary>Ends the JSON of a message with its number, or unique id.</summary>
    public void WriteJsonTail(PooledBuffer buffer, MessageType type, long number, long ordinal)
    {
        if (!HasKey)
            return;
        if (Options.HasUniqueIds)
            UniqueIdTail.WriteJson(buffer, number);
        else
            NumberTail.WriteJson(buffer, type, number, ordinal);
    }

    /// <summary>Ends the MessagePack of a message with its number, or unique id.</summary>
    public void WriteMessagePackTail(PooledBuffer buffer, MessageType type, long number, long ordinal)
    {
        if (!HasKey)
            return;
        if (Options.HasUniqueIds)
            UniqueIdTail.WriteMessagePack(buffer, number);
        else
            NumberTail.WriteMessagePack(buffer, type, number, ordinal);
    }

    /// <summary>Writes the bytes after the id of the attachment in its header.</summary>
    public void WriteHeaderTail(PooledBuffer buffer, MessageType type, long number, long ordinal)
    {
        buffer.Write(_tail);
        WriteJsonTail(buffer, type, number, ordinal);
    }

    private void WriteKey<TWriter>(ref TWriter writer, string source, MessageType type, int laterKeys = 0)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.SequenceKey);
        writer.BeginMap(2 + Count(!Options.HasUniqueIds && NumberTail.HasOrdinal(type)) + laterKeys);
        writer.WriteKey(WireKeys.Source);
        writer.WriteString(source);
        writer.WriteKey(Options.HasUniqueIds ? WireKeys.UniqueId : WireKeys.Number);
    }

    private static byte[] TypeInJson(MessageType type)
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        writer.BeginMap(1);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger((long)type);
        return buffer.WrittenSpan.ToArray();
    }

    private byte[] JsonEnd()
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        Write(ref writer, new EmptyBody(MessageType.Heartbeat));
        return buffer.WrittenSpan[TypesInJson[(int)MessageType.Heartbeat].Length..].ToArray();
    }

    private byte[] Head(MessageType type)
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        writer.BeginMap(3);
        writer.WriteKey(WireKeys.Uid);
        writer.WriteString(Options.Uid);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger((long)type);
        writer.WriteKey(WireKeys.AttachmentId);
        buffer.Write("\""u8);
        return buffer.WrittenSpan.ToArray();
    }

    private byte[] KeyAfterId(string source)
    {
        using var buffer = new PooledBuffer();
        buffer.Write("\","u8);
        var writer = new JsonValueWriter(buffer);
        WriteKey(ref writer, source, MessageType.None);
        return buffer.WrittenSpan.ToArray();
    }

    private static int Count(bool isPresent) => isPresent ? 1 : 0;
}
