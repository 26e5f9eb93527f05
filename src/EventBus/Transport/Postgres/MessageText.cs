using System.Buffers;

namespace EventBus.Transport.Postgres;

/// <summary>
/// A text of UTF-8 bytes that the server splits at newlines into notifications. JSON contains newlines only as white space.
/// </summary>
internal static class MessageText
{
    /// <summary>Appends a notification, and before it a newline if it is not the first.</summary>
    public static void Append(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> item) => Append(text, item, isFirst: text.WrittenCount == 0);

    /// <summary>Appends a part of a notification, which may be empty.</summary>
    public static void Append(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> item, bool isFirst)
    {
        var separator = isFirst ? 0 : 1;
        var target = text.GetSpan(separator + item.Length);
        if (separator > 0)
            target[0] = (byte)'\n';
        item.CopyTo(target[separator..]);
        target.Slice(separator, item.Length).Replace((byte)'\n', (byte)' ');
        text.Advance(separator + item.Length);
    }
}
