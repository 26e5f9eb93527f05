using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace EventBus.Serialization;

/// <summary>Untyped values.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EventValueFormatter : IFormatter<EventValue>
{
    private const double MaxSafeInteger = 9007199254740992;

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in EventValue value)
        where TWriter : IValueWriter, allows ref struct
    {
        switch (value.Kind)
        {
            case EventValueKind.Null:
                writer.WriteNull();
                break;
            case EventValueKind.Boolean:
                writer.WriteBoolean(value.GetBoolean());
                break;
            case EventValueKind.Integer when value.IsUnsigned:
                writer.WriteInteger(value.GetUInt64());
                break;
            case EventValueKind.Integer:
                writer.WriteInteger(value.GetInt64());
                break;
            case EventValueKind.Float:
                writer.WriteDouble(value.GetDouble());
                break;
            case EventValueKind.String:
                writer.WriteString(value.GetString());
                break;
            case EventValueKind.Binary:
                writer.WriteBinary(value.GetBinary().Span);
                break;
            case EventValueKind.Timestamp:
                writer.WriteTimestamp(value.GetTimestamp());
                break;
            case EventValueKind.Array:
                Sequence<EventValue, EventValueFormatter>.WriteSpan(ref writer, value.ItemSpan);
                break;
            default:
                WriteMap(ref writer, value.Map.Members);
                break;
        }
    }

    /// <inheritdoc/>
    public EventValue Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var left = SerializationLimits.MaxValues;
        return Read(ref reader, ref left);
    }

    /// <summary>Reads one of several values with a common limit.</summary>
    internal static EventValue Read<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        if (--left < 0)
            throw SerializationLimits.TooManyValues(reader.Position);
        switch (reader.Kind)
        {
            case ValueKind.Null:
                reader.TryReadNull();
                return EventValue.Null;
            case ValueKind.Boolean:
                return reader.ReadBoolean();
            case ValueKind.Integer:
                return ToInteger(reader.ReadDecimal());
            case ValueKind.Float:
                return ReadFloat(ref reader);
            case ValueKind.String:
                return reader.ReadString();
            case ValueKind.Binary:
                return EventValue.FromOwnedBinary(reader.ReadBinary().ToArray());
            case ValueKind.Timestamp:
                return reader.ReadTimestamp();
            case ValueKind.Array:
                return ReadArray(ref reader, ref left);
            case ValueKind.Map:
                return ReadMap(ref reader, ref left);
            default:
                throw new EventSerializationException("An extension that is not a timestamp stands for no value.", reader.Position);
        }
    }

    private void WriteMap<TWriter>(ref TWriter writer, ReadOnlySpan<KeyValuePair<string, EventValue>> members)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(members.Length);
        foreach (var (key, value) in members)
        {
            writer.WriteKey(key);
            Write(ref writer, in value);
        }

        writer.EndMap();
    }

    private static EventValue ReadArray<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        var items = new List<EventValue>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            items.Add(Read(ref reader, ref left));
        return EventValue.FromArray(CollectionsMarshal.AsSpan(items));
    }

    private static EventValue ReadMap<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        var members = new List<KeyValuePair<string, EventValue>>();
        var cursor = reader.BeginMap();
        while (reader.MoveNext(ref cursor))
            members.Add(new(Encoding.UTF8.GetString(reader.ReadKey()), Read(ref reader, ref left)));
        return EventValue.FromMap(CollectionsMarshal.AsSpan(members));
    }

    // A JavaScript peer writes 2^60 as digits in JSON, rounded to the shortest, and as float64 in MessagePack. Both must be read as the
    // same value.
    private static EventValue ReadFloat<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var value = reader.ReadDouble();
        if (!double.IsInteger(value) || Math.Abs(value) <= MaxSafeInteger)
            return value;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return ExactNumber.TryParseInteger(text[..EcmaScriptNumber.Format(value, text)], out Int128 integer)
            && integer >= long.MinValue && integer <= ulong.MaxValue
            ? ToInteger((decimal)integer)
            : value;
    }

    private static EventValue ToInteger(decimal integer) => integer <= long.MaxValue ? (long)integer : (ulong)integer;
}
