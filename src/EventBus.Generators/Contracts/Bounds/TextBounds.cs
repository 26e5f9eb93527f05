using System.Text;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>How many bytes text takes inside JSON.</summary>
internal static class TextBounds
{
    /// <summary>A control character is <c>\u0001</c>. What is not ASCII takes three bytes a character at most, for it is written as it is.</summary>
    private const int MostBytesPerCharacter = 6;

    private const int Quotes = 2;

    public static ByteBounds Of(CountBounds characters) => new(
        characters.Least + Quotes,
        characters.Likely + Quotes,
        characters.Greatest is { } most ? (most * MostBytesPerCharacter) + Quotes : null);

    /// <summary>Of a text that is known, in its quotes.</summary>
    public static long Quoted(string text)
    {
        var bytes = (long)Encoding.UTF8.GetByteCount(text) + Quotes;
        foreach (var character in text)
            bytes += character is '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r' ? 1 : character < ' ' ? MostBytesPerCharacter - 1 : 0;
        return bytes;
    }
}
