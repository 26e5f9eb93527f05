using EventBus.Serialization;

namespace EventBus.MessagePackTests.Codec;

/// <summary>The codec under test.</summary>
internal static class EventBusCodec
{
    public static byte[] Write(EventValue value)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        default(EventValueFormatter).Write(ref writer, in value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="EventSerializationException">The bytes are not one value.</exception>
    public static EventValue Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackValueReader(bytes);
        var value = default(EventValueFormatter).Read(ref reader);
        reader.EnsureEnd();
        return value;
    }
}
