using System.Buffers.Text;
using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EventBus.Serialization;

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
public readonly struct UriFormatter : IFormatter<Uri>, IKeyFormatter<Uri>
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
        return Parse(reader.ReadString(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Uri key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey((key ?? throw NullValue.NotAllowed()).OriginalString);

    /// <inheritdoc/>
    public Uri ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(default(StringKeyFormatter).ReadKey(ref reader), position);
    }

    private static Uri Parse(string text, int position) =>
        Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var value) ? value : throw ShortText.NotThe("a URI", position);
}

/// <summary>A <see cref="Version"/>, as text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct VersionFormatter : IFormatter<Version>, IKeyFormatter<Version>
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
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Version key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public Version ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static Version Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return Version.TryParse(text[..ShortText.Decode(utf8, text)], out var value)
            ? value
            : throw ShortText.NotThe("a version like 1.0 or 1.0.0.0", position);
    }
}

/// <summary>
/// An <see cref="IPAddress"/>, as text. IPv4 is read only as four decimal numbers, because a number or octal digits mean another address
/// to other programs.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IPAddressFormatter : IFormatter<IPAddress>, IKeyFormatter<IPAddress>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IPAddress value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public IPAddress Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, IPAddress key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public IPAddress ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static IPAddress Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> buffer = stackalloc char[ShortText.MaxLength];
        var text = buffer[..ShortText.Decode(utf8, buffer)];
        return IsPlain(text) && IPAddress.TryParse(text, out var value)
            && (value.AddressFamily != AddressFamily.InterNetwork || text.SequenceEqual(value.ToString()))
            ? value
            : throw ShortText.NotThe("an IP address like 192.0.2.1 or 2001:db8::1", position);
    }

    // The framework also reads an address with a port, a prefix, an empty scope or the name of a network interface, and ignores these.
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var percent = text.IndexOf('%');
        return text.IndexOfAny('[', '/') < 0
            && (percent < 0 || uint.TryParse(text[(percent + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}

/// <summary>
/// A <see cref="CultureInfo"/>, as its name. Only a culture that the receiving system has is read. A culture with an extension, such as
/// <c>en-US-u-ca-buddhist</c>, is neither written nor read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CultureInfoFormatter : IFormatter<CultureInfo>, IKeyFormatter<CultureInfo>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in CultureInfo value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(CultureNames.Of(value ?? throw NullValue.NotAllowed()));

    /// <inheritdoc/>
    public CultureInfo Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return CultureNames.Find(reader.ReadString(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, CultureInfo key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(CultureNames.Of(key ?? throw NullValue.NotAllowed()));

    /// <inheritdoc/>
    public CultureInfo ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return CultureNames.Find(default(StringKeyFormatter).ReadKey(ref reader), position);
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
