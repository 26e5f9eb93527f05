using System.Globalization;
using System.Text.Json;

namespace EventBus;

/// <summary>Any JSON value, binary or timestamp: an argument of an event with no fixed type. Immutable, with equality by value.</summary>
/// <remarks>
/// A number with no fraction is an <see cref="EventValueKind.Integer"/> even if it was a double (up to 2^53), because it also arrives as
/// one. Arrays and maps nest 128 deep at most.
/// </remarks>
public readonly struct EventValue : IEquatable<EventValue>
{
    internal const int MaxDepth = 128;

    private const double MaxSafeInteger = 9007199254740992;

    // The reference of an integer that only an unsigned type can hold.
    private static readonly object Unsigned = new();

    // A boolean, an integer, a double's bits or a timestamp's ticks; of arrays and maps the depth.
    private readonly long _bits;
    private readonly object? _reference;

    private EventValue(EventValueKind kind, long bits = 0, object? reference = null)
    {
        Kind = kind;
        _bits = bits;
        _reference = reference;
    }

    /// <summary>Null, which is also the default value.</summary>
    public static EventValue Null => default;

    /// <summary>The kind of the value.</summary>
    public EventValueKind Kind { get; }

    /// <summary>The values of an array.</summary>
    /// <exception cref="InvalidOperationException">It is not an array.</exception>
    public IReadOnlyList<EventValue> Items => Array.AsReadOnly((EventValue[])Reference(EventValueKind.Array));

    /// <summary>The keys and values of a map, in their order.</summary>
    /// <exception cref="InvalidOperationException">It is not a map.</exception>
    public IReadOnlyList<KeyValuePair<string, EventValue>> Members => Array.AsReadOnly(Map.Members);

    internal ReadOnlySpan<EventValue> ItemSpan => (EventValue[])Reference(EventValueKind.Array);

    internal EventValueMap Map => (EventValueMap)Reference(EventValueKind.Map);

    /// <summary>Whether it is an integer above <see cref="long.MaxValue"/>.</summary>
    internal bool IsUnsigned => ReferenceEquals(_reference, Unsigned);

    /// <summary>A boolean.</summary>
    public static implicit operator EventValue(bool value) => new(EventValueKind.Boolean, value ? 1 : 0);

    /// <summary>An integer.</summary>
    public static implicit operator EventValue(int value) => new(EventValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator EventValue(long value) => new(EventValueKind.Integer, value);

    /// <summary>An integer.</summary>
    public static implicit operator EventValue(ulong value) =>
        new(EventValueKind.Integer, unchecked((long)value), value > long.MaxValue ? Unsigned : null);

    /// <summary>A number: an integer if it has no fraction and is at most 2^53.</summary>
    public static implicit operator EventValue(double value) => double.IsInteger(value) && Math.Abs(value) <= MaxSafeInteger
        ? new(EventValueKind.Integer, (long)value)
        : new(EventValueKind.Float, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Text, or null.</summary>
    public static implicit operator EventValue(string? value) => value is null ? default : new(EventValueKind.String, 0, value);

    /// <summary>A copy of the binary, or null.</summary>
    public static implicit operator EventValue(byte[]? value) => value is null ? default : new(EventValueKind.Binary, 0, value.ToArray());

    /// <summary>A copy of the binary.</summary>
    public static implicit operator EventValue(ReadOnlyMemory<byte> value) => new(EventValueKind.Binary, 0, value.ToArray());

    /// <summary>A point in time: local time is converted to UTC, an unspecified kind is taken as UTC.</summary>
    public static implicit operator EventValue(DateTime value) =>
        new(EventValueKind.Timestamp, (value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value).Ticks);

    /// <summary>A point in time; the offset is not kept.</summary>
    public static implicit operator EventValue(DateTimeOffset value) => new(EventValueKind.Timestamp, value.UtcTicks);

    /// <summary>Whether the values are equal: numbers by value, maps in any order.</summary>
    public static bool operator ==(EventValue left, EventValue right) => left.Equals(right);

    /// <summary>Whether the values differ.</summary>
    public static bool operator !=(EventValue left, EventValue right) => !left.Equals(right);

    /// <summary>An array with copies of the values.</summary>
    /// <exception cref="ArgumentException">The array nests deeper than 128.</exception>
    public static EventValue FromArray(params ReadOnlySpan<EventValue> items)
    {
        long depth = 0;
        foreach (ref readonly var item in items)
            depth = Math.Max(depth, item.Depth);
        return new(EventValueKind.Array, Deeper(depth), items.ToArray());
    }

    /// <summary>A map, which keeps its order. If a key occurs twice, the last value wins, as in JavaScript.</summary>
    /// <exception cref="ArgumentException">The map nests deeper than 128, or a key is null.</exception>
    public static EventValue FromMap(params ReadOnlySpan<KeyValuePair<string, EventValue>> members)
    {
        long depth = 0;
        foreach (ref readonly var member in members)
            depth = Math.Max(depth, member.Value.Depth);
        return new(EventValueKind.Map, Deeper(depth), EventValueMap.Of(members));
    }

    /// <summary>The value of a JSON element. A number that is no integer of 64 bits is rounded to the nearest double.</summary>
    /// <exception cref="ArgumentException">
    /// The element is undefined, contains a lone surrogate or a number beyond the range of a double, or nests deeper than 128.
    /// </exception>
    public static EventValue FromJson(JsonElement json) => EventValueJson.Read(json);

    /// <summary>Binary without a copy: the caller must not change the bytes any more.</summary>
    internal static EventValue FromOwnedBinary(byte[] bytes) => new(EventValueKind.Binary, 0, bytes);

    /// <summary>The boolean.</summary>
    /// <exception cref="InvalidOperationException">It is not a boolean.</exception>
    public bool GetBoolean() => Bits(EventValueKind.Boolean) != 0;

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">It is not an integer, or above <see cref="long.MaxValue"/>.</exception>
    public long GetInt64() => Bits(EventValueKind.Integer) is var integer && !IsUnsigned
        ? integer
        : throw new InvalidOperationException($"The integer {this} is above Int64.MaxValue; use {nameof(GetUInt64)}.");

    /// <summary>The integer.</summary>
    /// <exception cref="InvalidOperationException">It is not an integer, or negative.</exception>
    public ulong GetUInt64() => Bits(EventValueKind.Integer) is var integer && (integer >= 0 || IsUnsigned)
        ? unchecked((ulong)integer)
        : throw new InvalidOperationException($"The integer {this} is negative; use {nameof(GetInt64)}.");

    /// <summary>The number; an integer above 2^53 is rounded.</summary>
    /// <exception cref="InvalidOperationException">It is not a number.</exception>
    public double GetDouble() => Kind switch
    {
        EventValueKind.Integer => IsUnsigned ? unchecked((ulong)_bits) : _bits,
        _ => BitConverter.Int64BitsToDouble(Bits(EventValueKind.Float)),
    };

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">It is not text.</exception>
    public string GetString() => (string)Reference(EventValueKind.String);

    /// <summary>The bytes.</summary>
    /// <exception cref="InvalidOperationException">It is not binary.</exception>
    public ReadOnlyMemory<byte> GetBinary() => (byte[])Reference(EventValueKind.Binary);

    /// <summary>The point in time, UTC; also from ISO 8601 text, the form of a timestamp in a notification.</summary>
    /// <exception cref="InvalidOperationException">It is not a timestamp.</exception>
    public DateTime GetTimestamp()
    {
        const DateTimeStyles InUtc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        return Kind == EventValueKind.String
            && DateTime.TryParseExact(GetString(), "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, InUtc, out var time)
            ? time
            : new DateTime(Bits(EventValueKind.Timestamp), DateTimeKind.Utc);
    }

    /// <summary>Finds a member of a map; false if there is none, or the value is not a map.</summary>
    public bool TryGetMember(string key, out EventValue value)
    {
        value = default;
        return Kind == EventValueKind.Map && Map.TryGet(key, out value);
    }

    /// <inheritdoc/>
    public bool Equals(EventValue other) => EventValueEquality.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EventValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => EventValueEquality.Hash(this);

    /// <summary>The value for people: compact JSON, with a description of binary and timestamps, for which JSON has no form.</summary>
    public override string ToString() => EventValueText.Of(this);

    private long Depth => Kind is EventValueKind.Array or EventValueKind.Map ? _bits : 0;

    private static long Deeper(long depth) => depth < MaxDepth
        ? depth + 1
        : throw new ArgumentException($"The value nests deeper than {MaxDepth} arrays and maps.");

    private long Bits(EventValueKind expected) => Kind == expected ? _bits : throw NotThe(expected);

    private object Reference(EventValueKind expected) => Kind == expected ? _reference! : throw NotThe(expected);

    private InvalidOperationException NotThe(EventValueKind expected) => new($"The value is of kind {Kind}, not {expected}.");
}

/// <summary>The kind of an <see cref="EventValue"/>.</summary>
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

    /// <summary>Binary. A message that contains it travels as an attachment.</summary>
    Binary,

    /// <summary>A point in time. In a notification it is ISO text, which is read as a <see cref="String"/>.</summary>
    Timestamp,

    /// <summary>An array of values.</summary>
    Array,

    /// <summary>A map from text to values: a JSON object.</summary>
    Map,
}
