using System.Globalization;

namespace EventBus.Serialization;

/// <summary>The grammar of JSON's numbers: <c>-0.5e+3</c>, but neither <c>+1</c> nor <c>01</c> nor <c>1.</c>.</summary>
internal static class JsonNumber
{
    /// <exception cref="EventSerializationException">The text is not a number of JSON.</exception>
    public static void EnsureValid(ReadOnlySpan<byte> text)
    {
        if (!IsValid(text))
            throw new EventSerializationException("The text is not a number of JSON, such as -1, 2.50 or 1e30.");
    }

    /// <summary>Checks the range of a valid number. No untyped value, and no JavaScript peer, can hold a greater one.</summary>
    /// <exception cref="EventSerializationException">The number is beyond the range of a double.</exception>
    public static void EnsureFinite(ReadOnlySpan<byte> text)
    {
        if (!double.IsFinite(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)))
            throw new EventSerializationException("The number is not within the range of a double. Send it as text.");
    }

    private static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (text is [(byte)'-', ..])
            text = text[1..];
        var startsWithZero = text is [(byte)'0', ..];
        if (!TryTakeDigits(ref text, out var count) || (startsWithZero && count > 1))
            return false;
        if (text is [(byte)'.', ..])
        {
            text = text[1..];
            if (!TryTakeDigits(ref text, out _))
                return false;
        }

        if (text is [(byte)'e' or (byte)'E', ..])
        {
            text = text[1..];
            if (text is [(byte)'+' or (byte)'-', ..])
                text = text[1..];
            if (!TryTakeDigits(ref text, out _))
                return false;
        }

        return text.IsEmpty;
    }

    private static bool TryTakeDigits(ref ReadOnlySpan<byte> text, out int count)
    {
        count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;
        text = text[count..];
        return count > 0;
    }
}
