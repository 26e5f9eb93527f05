using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The hash of a partition key. For generated code.</summary>
/// <remarks>
/// It is specified, and never changes, because rows of the journal contain it: FNV-1a with 32 bits of the UTF-8 text of the argument. The
/// text is the argument's JSON; if that is a string, its characters.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PartitionKey
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    [ThreadStatic]
    private static PooledBuffer? _buffer;

    /// <summary>Returns the hash of an argument.</summary>
    /// <param name="value">The argument with <see cref="PartitionKeyAttribute"/>.</param>
    /// <exception cref="EventSerializationException">The value cannot be written.</exception>
    public static int Of<T, TFormatter>(T value)
        where TFormatter : struct, IFormatter<T>
    {
        // A formatter of the application could need a key itself, so the buffer is not there meanwhile.
        var buffer = _buffer ?? PooledBuffer.Closed();
        _buffer = null;
        buffer.Open(EventBusDefaults.MaxMessageBytes);
        try
        {
            var writer = new JsonValueWriter(buffer);
            default(TFormatter).Write(ref writer, in value);
            return Hash(TextOf(buffer));
        }
        finally
        {
            buffer.Dispose();
            _buffer = buffer;
        }
    }

    private static ReadOnlySpan<byte> TextOf(PooledBuffer buffer)
    {
        if (buffer.WrittenSpan is not [(byte)'"', .. var characters, (byte)'"'])
            return buffer.WrittenSpan;
        if (!characters.Contains((byte)'\\'))
            return characters;
        var length = buffer.Length;
        var unescaped = buffer.Append(length); // Unescaping makes no text longer. The buffer may have other memory now.
        return unescaped[..JsonText.Unescape(buffer.WrittenSpan[1..(length - 1)], unescaped)];
    }

    private static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = OffsetBasis;
        foreach (var item in text)
            hash = unchecked((hash ^ item) * Prime);
        return unchecked((int)hash);
    }
}
