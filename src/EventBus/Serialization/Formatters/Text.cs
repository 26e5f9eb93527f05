using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringFormatter : IFormatter<string>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in string value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public string Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadString();
}

/// <summary>One UTF-16 code unit, as text; a lone surrogate becomes U+FFFD.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CharFormatter : IFormatter<char>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in char value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString([value]);

    /// <inheritdoc/>
    public char Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[2];
        return ShortText.Read(ref reader, text) == 1 ? text[0] : throw ShortText.NotThe("a single character", position);
    }
}

/// <summary>A <see cref="Guid"/>, as text in its form "D".</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidFormatter : IFormatter<Guid>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Guid value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public Guid Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return GuidText.TryParse(reader.ReadUtf8(), out var value) ? value : throw GuidText.Malformed(position);
    }
}

/// <summary>A <see cref="Uri"/>, absolute or relative, as its original text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UriFormatter : IFormatter<Uri>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Uri value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString((value ?? throw NullValue.NotAllowed()).OriginalString);

    /// <inheritdoc/>
    public Uri Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out var value)
            ? value
            : throw ShortText.NotThe("a URI", position);
    }
}

/// <summary>A <see cref="Version"/>, as text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VersionFormatter : IFormatter<Version>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Version value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public Version Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return Version.TryParse(text[..ShortText.Read(ref reader, text)], out var value)
            ? value
            : throw ShortText.NotThe("a version like 1.0 or 1.0.0.0", position);
    }
}

/// <summary>A <see cref="Guid"/> in its form "D", as a value and as a key.</summary>
internal static class GuidText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out Guid value) =>
        Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;

    public static EventSerializationException Malformed(int position) =>
        ShortText.NotThe("a Guid like 00000000-0000-0000-0000-000000000000", position);
}

/// <summary>Values with a short text of limited length.</summary>
internal static class ShortText
{
    /// <summary>The length of the longest text, of an <see cref="Int128"/>, and some more for reading.</summary>
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

    /// <summary>Reads text as characters. Returns their number, or 0 if <paramref name="destination"/> is too short.</summary>
    public static int Read<TReader>(ref TReader reader, scoped Span<char> destination)
        where TReader : IValueReader, allows ref struct
    {
        Utf8.ToUtf16(reader.ReadUtf8(), destination, out var read, out var written);
        return written;
    }

    /// <summary>The error for text that is no value of the type.</summary>
    public static EventSerializationException NotThe(string expected, int position) => new($"The text is not {expected}.", position);
}
