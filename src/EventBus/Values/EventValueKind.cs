namespace EventBus;

/// <summary>What an <see cref="EventValue"/> holds.</summary>
public enum EventValueKind
{
    /// <summary>Null (or an undefined value of JavaScript).</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>An integer between -2^63 and 2^64-1.</summary>
    Integer,

    /// <summary>Any other number, a double.</summary>
    Float,

    /// <summary>Text.</summary>
    String,

    /// <summary>Binary; a message that holds it travels as an attachment.</summary>
    Binary,

    /// <summary>A point in time. In a notification it is ISO text and is read back as a <see cref="String"/>.</summary>
    Timestamp,

    /// <summary>An array of values.</summary>
    Array,

    /// <summary>A map from text to values: a JSON object.</summary>
    Map,
}
