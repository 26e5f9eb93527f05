using System.Buffers;
using EventBus.CompilerServices;
using MessagePack;
using MessagePack.Formatters;

namespace EventBus.MessagePack;

/// <summary>Writes and reads a payload as one raw value. Null is nil, as for any class in MessagePack-CSharp.</summary>
internal sealed class PayloadMessagePackFormatter<T>(PayloadFormatter<T> payload) : IMessagePackFormatter<T>
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        var buffer = WriteBuffer.Take();
        payload.Write(buffer, value);
        writer.WriteRaw(buffer.WrittenSpan);
        WriteBuffer.Return(buffer);
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (default(T) is null && reader.TryReadNil())
            return default!;

        options.Security.DepthStep(ref reader);
        var raw = reader.ReadRaw();
        reader.Depth--;
        return raw.IsSingleSegment ? payload.Read(raw.FirstSpan) : payload.Read(raw.ToArray());
    }
}
