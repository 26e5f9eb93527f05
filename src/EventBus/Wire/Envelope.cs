using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The top level of a notification or an attachment: a message, or the header of an attached one.</summary>
internal struct Envelope
{
    public MessageType Type;
    public string Uid;
    public SequenceKey Key;

    /// <summary>The id of the attachment, from 1, in a header; 0 in a message.</summary>
    public long AttachmentId;

    /// <summary>The trace of the event, which no peer needs.</summary>
    public WireTrace Trace;

    public MessageData Data;

    private const WireKey Keys =
        WireKey.Type | WireKey.Data | WireKey.Uid | WireKey.Namespace | WireKey.AttachmentId | WireKey.SequenceKey;

    /// <summary>Reads the top level and the data.</summary>
    /// <param name="reader">A reader at the beginning.</param>
    /// <param name="bytes">The bytes of the reader.</param>
    /// <param name="busNamespace">The bus namespace of the channel.</param>
    public static Envelope Read<TReader>(ref TReader reader, in EncodedValue bytes, string busNamespace)
        where TReader : IValueReader, allows ref struct
    {
        var envelope = default(Envelope);
        var early = default(EncodedValue);
        var map = MapScan.Begin(ref reader, Keys);
        while (map.MoveNext(ref reader, out var key))
        {
            switch (key)
            {
                case WireKey.Type:
                    envelope.Type = ReadType(ref reader);
                    break;
                case WireKey.Data when map.Has(WireKey.Type):
                    envelope.Data = MessageData.Read(ref reader, in bytes, envelope.Type);
                    break;
                case WireKey.Data:
                    // The data can be read only by its type, which every known peer writes first.
                    early = WireValues.ReadSlice(ref reader, in bytes);
                    break;
                case WireKey.Uid:
                    envelope.Uid = WireValues.ReadName(ref reader);
                    break;
                case WireKey.Namespace:
                    CheckNamespace(ref reader, busNamespace);
                    break;
                case WireKey.AttachmentId:
                    envelope.AttachmentId = ReadAttachmentId(ref reader);
                    break;
                case WireKey.SequenceKey:
                    envelope.Key = SequenceKey.Read(ref reader, bytes.Bytes, ref envelope.Trace);
                    break;
            }
        }

        map.Require(WireKey.Type | WireKey.Uid);
        if (map.Has(WireKey.AttachmentId))
        {
            if (map.Has(WireKey.Data))
                throw new EventSerializationException("A cluster message has both data and an attachment.", 0);
        }
        else if (!map.Has(WireKey.Data))
        {
            envelope.Data = MessageData.None(envelope.Type);
        }
        else if (!early.Bytes.IsEmpty)
        {
            envelope.Data = MessageData.Read(in early, envelope.Type);
        }

        if (envelope.Key.Number == 0 && envelope.Type.IsEvent())
            throw new EventSerializationException("An event has the number 0; events are numbered from 1.", 0);
        return envelope;
    }

    /// <summary>Whether it is an event that requests no acks. Nothing refers to its message after the delivery.</summary>
    public readonly bool IsPlainEvent => Type is MessageType.Broadcast && Data.RequestId is null;

    private static MessageType ReadType<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var type = reader.ReadInt64();
        return type is >= (long)MessageType.InitialHeartbeat and <= (long)MessageType.AdapterClose
            ? (MessageType)type
            : throw new EventSerializationException($"There is no cluster message of type {type}.", position);
    }

    private static void CheckNamespace<TReader>(ref TReader reader, string busNamespace)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        if (!WireValues.TextEquals(reader.ReadUtf8(), busNamespace))
            throw new EventSerializationException($"The channel of '{busNamespace}' carried a message of another namespace.", position);
    }

    private static long ReadAttachmentId<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var id = reader.Kind is ValueKind.String ? WireValues.ParseDigits(reader.ReadUtf8()) : reader.ReadInt64();
        return id > 0 ? id : throw new EventSerializationException("The id of an attachment is not a number from 1 to 2^63-1.", position);
    }
}
