using System.Text;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The bytes that a text takes inside JSON.</summary>
internal static class TextBounds
{
    // A control character is written as \u0001. Characters beyond ASCII are not escaped, and take at most three bytes each.
    private const int MostBytesPerCharacter = 6;

    private const int Quotes = 2;

    public static ByteBounds Of(CountBounds characters) => new(
        characters.Least + Quotes,
        characters.Likely + Quotes,
        characters.Greatest is { } most ? (most * MostBytesPerCharacter) + Quotes : null);

    /// <summary>The bytes of a known text with its quotes.</summary>
    public static long Quoted(string text)
    {
        var bytes = (long)Encoding.UTF8.GetByteCount(text) + Quotes;
        foreach (var character in text)
            bytes += character is '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r' ? 1 : character < ' ' ? MostBytesPerCharacter - 1 : 0;
        return bytes;
    }
}
