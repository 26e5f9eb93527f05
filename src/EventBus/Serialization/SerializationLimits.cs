namespace EventBus.Serialization;

/// <summary>The limits that hold for every value, whatever its encoding.</summary>
internal static class SerializationLimits
{
    /// <summary>How deep arrays and maps may nest: what peers write at most.</summary>
    public const int MaxDepth = EventValue.MaxDepth;

    /// <summary>How many digits an integer of unlimited size may have: reading and writing text takes time that grows faster than the text.</summary>
    public const int MaxIntegerDigits = 10_000;

    public static EventSerializationException TooDeep(int position = -1) =>
        new($"The value nests deeper than {MaxDepth} arrays and maps.", position);
}
