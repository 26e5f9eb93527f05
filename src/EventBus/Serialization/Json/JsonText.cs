using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Text inside JSON's quotation marks, escaped no more than <c>JSON.stringify</c> does.</summary>
internal static class JsonText
{
    // Text is encoded in parts, because an estimate of the whole length could exceed the limit of the buffer.
    private const int ChunkBytes = 1024;

    private const string Escaped =
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    /// <summary>ASCII that JSON leaves as it is: nearly every key, name and room consists of it.</summary>
    private const string Plain =
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>The characters that stand for themselves and have one byte each.</summary>
    public static readonly SearchValues<byte> PlainBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Plain));

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(Plain);
    private static readonly SearchValues<char> EscapedCharacters = SearchValues.Create(Escaped);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Escaped));

    /// <summary>Writes text; a lone surrogate becomes U+FFFD.</summary>
    public static void Write(PooledBuffer buffer, ReadOnlySpan<char> text)
    {
        if (text.Length <= ChunkBytes && !text.ContainsAnyExcept(PlainCharacters))
        {
            Ascii.FromUtf16(text, buffer.Append(text.Length), out _);
            return;
        }

        while (true)
        {
            var end = text.IndexOfAny(EscapedCharacters);
            WritePlain(buffer, end < 0 ? text : text[..end]);
            if (end < 0)
                return;
            WriteEscape(buffer, (byte)text[end]);
            text = text[(end + 1)..];
        }
    }

    /// <summary>Writes text from UTF-8; an ill-formed sequence becomes U+FFFD.</summary>
    public static void Write(PooledBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAnyExcept(PlainBytes))
        {
            buffer.Write(utf8);
            return;
        }

        if (!Utf8.IsValid(utf8))
            utf8 = Utf8Text.Repair(utf8);
        while (true)
        {
            var end = utf8.IndexOfAny(EscapedBytes);
            buffer.Write(end < 0 ? utf8 : utf8[..end]);
            if (end < 0)
                return;
            WriteEscape(buffer, utf8[end]);
            utf8 = utf8[(end + 1)..];
        }
    }

    /// <summary>
    /// Resolves the escapes of well-formed text, which never makes it longer; a lone surrogate becomes U+FFFD. Returns the number of bytes.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var length = 0;
        while (true)
        {
            var backslash = text.IndexOf((byte)'\\');
            var plain = backslash < 0 ? text : text[..backslash];
            plain.CopyTo(destination[length..]);
            length += plain.Length;
            if (backslash < 0)
                return length;
            text = text[(backslash + 1)..];
            length += UnescapeOne(ref text, destination[length..]);
        }
    }

    private static void WritePlain(PooledBuffer buffer, ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var destination = buffer.GetSpan((int)Math.Min(text.Length * 3L, ChunkBytes));
            Utf8.FromUtf16(text, destination, out var read, out var written);
            buffer.Advance(written);
            text = text[read..];
        }
    }

    private static void WriteEscape(PooledBuffer buffer, byte character)
    {
        var shortForm = character switch
        {
            (byte)'"' or (byte)'\\' => character,
            (byte)'\b' => (byte)'b',
            (byte)'\t' => (byte)'t',
            (byte)'\n' => (byte)'n',
            (byte)'\f' => (byte)'f',
            (byte)'\r' => (byte)'r',
            _ => (byte)0,
        };
        if (shortForm != 0)
        {
            buffer.Write([(byte)'\\', shortForm]);
            return;
        }

        const string HexDigits = "0123456789abcdef";
        buffer.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)HexDigits[character >> 4], (byte)HexDigits[character & 0xF]]);
    }

    private static int UnescapeOne(ref ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var kind = text[0];
        if (kind == 'u')
            return UnescapeCodePoint(ref text, destination);
        text = text[1..];
        destination[0] = kind switch
        {
            (byte)'b' => (byte)'\b',
            (byte)'t' => (byte)'\t',
            (byte)'n' => (byte)'\n',
            (byte)'f' => (byte)'\f',
            (byte)'r' => (byte)'\r',
            _ => kind,
        };
        return 1;
    }

    private static int UnescapeCodePoint(ref ReadOnlySpan<byte> text, Span<byte> destination)
    {
        var first = TakeCodeUnit(ref text);
        if (text is [(byte)'\\', (byte)'u', ..])
        {
            var rest = text[1..];
            if (Rune.TryCreate(first, TakeCodeUnit(ref rest), out var pair))
            {
                text = rest;
                return pair.EncodeToUtf8(destination);
            }
        }

        return (Rune.TryCreate(first, out var rune) ? rune : Rune.ReplacementChar).EncodeToUtf8(destination);
    }

    // "uXXXX"; the reader has checked the grammar.
    private static char TakeCodeUnit(ref ReadOnlySpan<byte> text)
    {
        var value = (char)ushort.Parse(text[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        text = text[5..];
        return value;
    }
}
