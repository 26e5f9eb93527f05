using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Text;
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
public readonly struct CharFormatter : IFormatter<char>, IKeyFormatter<char>
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
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, char key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey([key]);

    /// <inheritdoc/>
    public char ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static char Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> text = stackalloc char[2];
        return ShortText.Decode(utf8, text) == 1 ? text[0] : throw ShortText.NotThe("a single character", position);
    }
}

/// <summary>One Unicode scalar value, as text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuneFormatter : IFormatter<Rune>, IKeyFormatter<Rune>
{
    private const int MaxUtf8Length = 4;

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Rune value)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[MaxUtf8Length];
        writer.WriteUtf8(text[..value.EncodeToUtf8(text)]);
    }

    /// <inheritdoc/>
    public Rune Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Rune key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[MaxUtf8Length];
        writer.WriteKey(text[..key.EncodeToUtf8(text)]);
    }

    /// <inheritdoc/>
    public Rune ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static Rune Parse(ReadOnlySpan<byte> text, int position) =>
        Rune.DecodeFromUtf8(text, out var value, out var length) == OperationStatus.Done && length == text.Length
            ? value
            : throw ShortText.NotThe("a single Unicode scalar value", position);
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

    /// <summary>Writes a key as <see cref="Write"/> writes a value.</summary>
    public static void WriteKey<TWriter, T>(ref TWriter writer, T key, ReadOnlySpan<char> format = default)
        where TWriter : IValueWriter, allows ref struct
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[MaxLength];
        key.TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
        writer.WriteKey(text[..length]);
    }

    /// <summary>Decodes UTF-8. Returns the number of characters, or 0 if <paramref name="destination"/> is too short.</summary>
    public static int Decode(ReadOnlySpan<byte> utf8, Span<char> destination)
    {
        return Utf8.ToUtf16(utf8, destination, out _, out var written) == OperationStatus.Done ? written : 0;
    }

    /// <summary>The error for text that is no value of the type.</summary>
    public static EventSerializationException NotThe(string expected, int position) => new($"The text is not {expected}.", position);
}
