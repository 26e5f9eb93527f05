namespace EventBus.Serialization;

/// <summary>The limits that hold for every value, whatever its encoding.</summary>
internal static class SerializationLimits
{
    /// <summary>How deep arrays and maps may nest: what peers write at most.</summary>
    public const int MaxDepth = EventValue.MaxDepth;

    /// <summary>How many digits an integer of unlimited size may have: reading and writing text takes time that grows faster than the text.</summary>
    public const int MaxIntegerDigits = 10_000;

    /// <summary>
    /// How many values of no fixed type, sockets, or rooms of one list a message may hold: in memory each takes many times the one byte that it takes at the least in the message.
    /// The largest message has so many of 32 bytes each.
    /// </summary>
    public const int MaxValues = EventBusDefaults.MaxMessageBytes / 32;

    public static EventSerializationException TooManyValues(int position = -1) =>
        new($"The message holds more than {MaxValues} values, sockets or rooms.", position);

    public static EventSerializationException TooDeep(int position = -1) =>
        new($"The value nests deeper than {MaxDepth} arrays and maps.", position);
}
