using System.Buffers.Text;

namespace EventBus.Serialization;

/// <summary>A <see cref="Guid"/> in its form "D", as a value and as a key.</summary>
internal static class GuidText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out Guid value) =>
        Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;

    public static EventSerializationException Malformed(int position) =>
        ShortText.NotThe("a Guid like 00000000-0000-0000-0000-000000000000", position);
}
