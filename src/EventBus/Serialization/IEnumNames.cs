namespace EventBus.Serialization;

/// <summary>The names that an enum's members are given for the wire, by attributes. Implemented by stateless generated structs.</summary>
/// <typeparam name="T">The enum.</typeparam>
public interface IEnumNames<T>
    where T : struct, Enum
{
    /// <summary>The name of a value, in UTF-8; empty where it has none.</summary>
    ReadOnlySpan<byte> NameOf(T value);

    /// <summary>Finds the value that has the name exactly.</summary>
    bool TryFind(ReadOnlySpan<byte> name, out T value);
}
