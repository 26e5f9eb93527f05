using System.Globalization;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Values that are written as a short text of known length at most.</summary>
internal static class ShortText
{
    /// <summary>Room for the longest of them, an <see cref="Int128"/>, and some more for what is read.</summary>
    public const int MaxLength = 64;

    /// <summary>Writes a value's invariant text.</summary>
    public static void Write<TWriter, T>(ref TWriter writer, T value, ReadOnlySpan<char> format = default)
        where TWriter : IValueWriter, allows ref struct
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[MaxLength];
        value.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteUtf8(text[..length]);
    }

    /// <summary>Reads text as characters; returns how many, 0 where it has more than <paramref name="destination"/>.</summary>
    public static int Read<TReader>(ref TReader reader, scoped Span<char> destination)
        where TReader : IValueReader, allows ref struct
    {
        Utf8.ToUtf16(reader.ReadUtf8(), destination, out var read, out var written);
        return written;
    }

    /// <summary>The error where text stands for no value of the type.</summary>
    public static EventSerializationException NotThe(string expected, int position) => new($"The text is not {expected}.", position);
}
