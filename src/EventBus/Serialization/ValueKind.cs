namespace EventBus.Serialization;

/// <summary>What the next value of an <see cref="IValueReader"/> is.</summary>
public enum ValueKind
{
    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number written without fraction and exponent that has 64 bits at most.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Float,

    /// <summary>Text.</summary>
    String,

    /// <summary>Binary (MessagePack only).</summary>
    Binary,

    /// <summary>A point in time (MessagePack extension -1 only).</summary>
    Timestamp,

    /// <summary>An extension other than -1 (MessagePack only); it can only be skipped.</summary>
    Extension,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A map: a JSON object.</summary>
    Map,
}
