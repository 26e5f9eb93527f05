using EventBus.Serialization;

namespace EventBus.Tests.Wire;

/// <summary>Writes an encoded value again, value by value.</summary>
internal readonly struct EncodedCopy(EncodedValue value) : IWritable
{
    public EncodedValue Value { get; } = value;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        if (Value.Encoding is ValueEncoding.Json)
        {
            var reader = new JsonValueReader(Value.Bytes.Span);
            Copy(ref reader, ref writer);
        }
        else
        {
            var reader = new MessagePackValueReader(Value.Bytes.Span);
            Copy(ref reader, ref writer);
        }
    }

    private static void Copy<TReader, TWriter>(ref TReader reader, ref TWriter writer)
        where TReader : IValueReader, allows ref struct
        where TWriter : IValueWriter, allows ref struct
    {
        switch (reader.Kind)
        {
            case ValueKind.Null:
                reader.TryReadNull();
                writer.WriteNull();
                break;
            case ValueKind.Boolean:
                writer.WriteBoolean(reader.ReadBoolean());
                break;
            case ValueKind.Integer:
                var integer = reader.ReadDecimal();
                if (integer > long.MaxValue)
                    writer.WriteInteger((ulong)integer);
                else
                    writer.WriteInteger((long)integer);
                break;
            case ValueKind.Float:
                writer.WriteDouble(reader.ReadDouble());
                break;
            case ValueKind.String:
                writer.WriteUtf8(reader.ReadUtf8());
                break;
            case ValueKind.Binary:
                writer.WriteBinary(reader.ReadBinary());
                break;
            case ValueKind.Timestamp:
                writer.WriteTimestamp(reader.ReadTimestamp());
                break;
            case ValueKind.Array:
                CopyArray(ref reader, ref writer);
                break;
            case ValueKind.Map:
                CopyMap(ref reader, ref writer);
                break;
            default:
                throw new NotSupportedException($"A {reader.Kind} cannot be written.");
        }
    }

    private static void CopyArray<TReader, TWriter>(ref TReader reader, ref TWriter writer)
        where TReader : IValueReader, allows ref struct
        where TWriter : IValueWriter, allows ref struct
    {
        var count = 0;
        var probe = reader;
        for (var cursor = probe.BeginArray(); probe.MoveNext(ref cursor); count++)
            probe.Skip();

        writer.BeginArray(count);
        var elements = reader.BeginArray();
        while (reader.MoveNext(ref elements))
            Copy(ref reader, ref writer);
        writer.EndArray();
    }

    private static void CopyMap<TReader, TWriter>(ref TReader reader, ref TWriter writer)
        where TReader : IValueReader, allows ref struct
        where TWriter : IValueWriter, allows ref struct
    {
        var count = 0;
        var probe = reader;
        for (var cursor = probe.BeginMap(); probe.MoveNext(ref cursor); count++)
        {
            probe.ReadKey();
            probe.Skip();
        }

        writer.BeginMap(count);
        var pairs = reader.BeginMap();
        while (reader.MoveNext(ref pairs))
        {
            writer.WriteKey(reader.ReadKey());
            Copy(ref reader, ref writer);
        }

        writer.EndMap();
    }
}
