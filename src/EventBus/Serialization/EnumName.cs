using System.Text;

namespace EventBus.Serialization;

/// <summary>An enum's values by name; the digits of a number are read as well.</summary>
internal static class EnumName<T>
    where T : struct, Enum
{
    public static T Parse(ReadOnlySpan<byte> name, int position) =>
        Enum.TryParse<T>(Encoding.UTF8.GetString(name), ignoreCase: true, out var value)
            ? value
            : throw new EventSerializationException($"The text is not a name of the enum {typeof(T).Name}.", position);
}
