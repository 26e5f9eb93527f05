using System.Buffers;
using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The generated formatter of a payload type, for other serializers: it writes and reads the bytes of an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PayloadFormatter
{
    private protected PayloadFormatter()
    {
    }

    /// <summary>Creates the formatter of a payload type. For generated code.</summary>
    public static PayloadFormatter Of<T, TFormatter>()
        where TFormatter : struct, IFormatter<T> => new Formatter<T, TFormatter>();

    private sealed class Formatter<T, TFormatter> : PayloadFormatter<T>
        where TFormatter : struct, IFormatter<T>
    {
        public override void Write(IBufferWriter<byte> output, T value)
        {
            using var buffer = new PooledBuffer();
            var writer = new MessagePackValueWriter(buffer);
            default(TFormatter).Write(ref writer, in value);
            output.Write(buffer.WrittenSpan);
        }

        public override T Read(ReadOnlySpan<byte> messagePack)
        {
            var reader = new MessagePackValueReader(messagePack);
            var value = default(TFormatter).Read(ref reader);
            reader.EnsureEnd();
            return value;
        }
    }
}

/// <inheritdoc cref="PayloadFormatter"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PayloadFormatter<T> : PayloadFormatter
{
    private protected PayloadFormatter()
    {
    }

    /// <summary>Writes one value as MessagePack.</summary>
    /// <exception cref="EventSerializationException">The value cannot be written.</exception>
    public abstract void Write(IBufferWriter<byte> output, T value);

    /// <summary>Reads MessagePack that is one value.</summary>
    /// <exception cref="EventSerializationException">The bytes are not one value of this type.</exception>
    public abstract T Read(ReadOnlySpan<byte> messagePack);
}
