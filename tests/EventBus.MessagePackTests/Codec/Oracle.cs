using System.Buffers;
using MessagePack;

namespace EventBus.MessagePackTests.Codec;

/// <summary>MessagePack-CSharp's reader and writer: the independent implementation that the codec is compared with.</summary>
internal static class Oracle
{
    public static byte[] Write(EventValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        Write(ref writer, value);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <remarks>Throws the exceptions of MessagePack-CSharp if the bytes are not one value.</remarks>
    public static EventValue Read(byte[] bytes)
    {
        var reader = new MessagePackReader(bytes);
        var value = Read(ref reader);
        return reader.End ? value : throw new MessagePackSerializationException("More than one value.");
    }

    private static void Write(ref MessagePackWriter writer, EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.Null:
                writer.WriteNil();
                break;
            case EventValueKind.Boolean:
                writer.Write(value.GetBoolean());
                break;
            case EventValueKind.Integer when value.IsUnsigned:
                writer.Write(value.GetUInt64());
                break;
            case EventValueKind.Integer:
                writer.Write(value.GetInt64());
                break;
            case EventValueKind.Float:
                writer.Write(value.GetDouble());
                break;
            case EventValueKind.String:
                writer.Write(value.GetString());
                break;
            case EventValueKind.Binary:
                writer.Write(value.GetBinary().Span);
                break;
            case EventValueKind.Timestamp:
                writer.Write(value.GetTimestamp());
                break;
            case EventValueKind.Array:
                writer.WriteArrayHeader(value.Items.Count);
                foreach (var item in value.Items)
                    Write(ref writer, item);
                break;
            default:
                writer.WriteMapHeader(value.Members.Count);
                foreach (var (key, member) in value.Members)
                {
                    writer.Write(key);
                    Write(ref writer, member);
                }

                break;
        }
    }

    private static EventValue Read(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return EventValue.Null;
            case MessagePackType.Boolean:
                return reader.ReadBoolean();
            case MessagePackType.Integer:
                return reader.NextCode is MessagePackCode.UInt64 ? reader.ReadUInt64() : reader.ReadInt64();
            case MessagePackType.Float:
                return reader.ReadDouble();
            case MessagePackType.String:
                return reader.ReadString();
            case MessagePackType.Binary:
                return reader.ReadBytes()!.Value.ToArray();
            case MessagePackType.Extension:
                return reader.ReadDateTime();
            case MessagePackType.Array:
                var items = new List<EventValue>();
                for (var left = reader.ReadArrayHeader(); left > 0; left--)
                    items.Add(Read(ref reader));
                return EventValue.FromArray([.. items]);
            case MessagePackType.Map:
                var members = new List<KeyValuePair<string, EventValue>>();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                    members.Add(new(reader.ReadString()!, Read(ref reader)));
                return EventValue.FromMap([.. members]);
            default:
                throw new MessagePackSerializationException($"The code {reader.NextCode:x2} stands for no value.");
        }
    }
}
