using System.Text;

namespace EventBus.Serialization;

/// <summary>An enum's values by name; the digits of a number are read as well.</summary>
internal static class EnumName<T>
    where T : struct, Enum
{
    // Longer names are read just as well, and cost a string.
    private const int MaxLength = 128;

    public static T Parse(ReadOnlySpan<byte> name, int position)
    {
        Span<char> text = stackalloc char[MaxLength];
        var chars = name.Length <= MaxLength ? text[..Encoding.UTF8.GetChars(name, text)] : Encoding.UTF8.GetString(name).AsSpan();
        return Enum.TryParse<T>(chars, ignoreCase: true, out var value)
            ? value
            : throw new EventSerializationException($"The text is not a name of the enum {typeof(T).Name}.", position);
    }
}
