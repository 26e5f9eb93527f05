namespace EventBus.Generators.Contracts;

/// <summary>Whether text that stands in a contract can be on the wire, which is UTF-8.</summary>
internal static class WireText
{
    /// <summary>What is said of text that cannot, as the end of a sentence.</summary>
    public const string Broken = "it has half of a surrogate pair, which UTF-8 cannot hold";

    public static bool IsBroken(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text, i))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}
