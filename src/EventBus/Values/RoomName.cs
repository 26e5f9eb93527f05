using System.Buffers;
using System.Text;

namespace EventBus;

/// <summary>Checks the names of rooms.</summary>
internal static class RoomName
{
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentException">
    /// The name contains half of a surrogate pair. UTF-8 has no form for it, so it would be another name on every other node.
    /// </exception>
    public static void ThrowIfInvalid(string room, string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(room, parameter);
        var first = room.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (first >= 0 && !IsWellFormed(room.AsSpan(first)))
            throw new ArgumentException("The name of a room contains half of a surrogate pair, which cannot be sent.", parameter);
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != OperationStatus.Done)
                return false;
            text = text[length..];
        }

        return true;
    }
}
