namespace EventBus.Serialization;

/// <summary>An enum's values by the names that they are given; those that C# knows are read as well, as whoever sends may not know of the others yet.</summary>
internal static class GivenEnumName<T, TNames>
    where T : struct, Enum
    where TNames : struct, IEnumNames<T>
{
    public static T Parse(ReadOnlySpan<byte> name, int position) => default(TNames).TryFind(name, out var value) ? value : EnumName<T>.Parse(name, position);
}
