namespace EventBus.Serialization;

/// <summary>The limits of every value in every encoding.</summary>
internal static class SerializationLimits
{
    /// <summary>How deep arrays and maps may nest. Peers do not write deeper ones.</summary>
    public const int MaxDepth = EventValue.MaxDepth;

    /// <summary>
    /// How many digits an integer of unlimited size may have. The time to read and write it grows faster than its length.
    /// </summary>
    public const int MaxIntegerDigits = 10_000;

    /// <summary>
    /// How many untyped values, sockets, or rooms of one list a message may contain. A value of one byte in the message takes many more in
    /// memory. The largest message has room for this many values of 32 bytes.
    /// </summary>
    public const int MaxValues = EventBusDefaults.MaxMessageBytes / 32;

    public static EventSerializationException TooManyValues(int position = -1) =>
        new($"The message holds more than {MaxValues} values, sockets or rooms.", position);

    public static EventSerializationException TooMuchBinary(long bytes) =>
        new(
            $"The message holds {bytes} bytes of binary or more; {EventBusDefaults.MaxMessageBytes} are allowed. Store the data in a "
            + "table or elsewhere, and send its key.")
        {
            IsOfLength = true,
            IsOfBinary = true,
        };

    public static EventSerializationException TooDeep(int position = -1) =>
        new($"The value nests deeper than {MaxDepth} arrays and maps.", position);
}
