using System.Buffers;
using System.Text;

namespace EventBus.Serialization;

/// <summary>Repairs text that is not well-formed UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>U+FFFD, which replaces an ill-formed sequence.</summary>
    public static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    private const int EncodedSurrogateLength = 3;

    /// <summary>
    /// Returns the text with U+FFFD in place of each ill-formed sequence, such as a lone surrogate as JavaScript peers encode it
    /// (<c>ED A0 80</c>).
    /// </summary>
    public static byte[] Repair(ReadOnlySpan<byte> text)
    {
        var repaired = new ArrayBufferWriter<byte>(text.Length + Replacement.Length);
        while (!text.IsEmpty)
        {
            var isWellFormed = Rune.DecodeFromUtf8(text, out _, out var consumed) == OperationStatus.Done;
            if (!isWellFormed && StartsWithEncodedSurrogate(text))
                consumed = EncodedSurrogateLength;
            repaired.Write(isWellFormed ? text[..consumed] : Replacement);
            text = text[consumed..];
        }

        return repaired.WrittenSpan.ToArray();
    }

    /// <summary>The offset of the first ill-formed sequence.</summary>
    public static int FirstIllFormed(ReadOnlySpan<byte> text)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out var consumed) == OperationStatus.Done)
            offset += consumed;
        return offset;
    }

    private static bool StartsWithEncodedSurrogate(ReadOnlySpan<byte> text) =>
        text is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..];
}
