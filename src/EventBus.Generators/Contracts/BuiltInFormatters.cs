namespace EventBus.Generators.Contracts;

/// <summary>Which formatter of <c>EventBus.Serialization</c> is for which type, by metadata name.</summary>
internal static class BuiltInFormatters
{
    /// <summary>How many items <c>ValueTupleFormatter</c> is there for.</summary>
    public const int LongestTuple = 7;

    /// <summary>Types without type arguments (or with bytes for one).</summary>
    public static readonly IReadOnlyDictionary<string, string> Scalars = new Dictionary<string, string>
    {
        ["System.Boolean"] = "BooleanFormatter",
        ["System.Byte"] = "ByteFormatter",
        ["System.SByte"] = "SByteFormatter",
        ["System.Int16"] = "Int16Formatter",
        ["System.UInt16"] = "UInt16Formatter",
        ["System.Int32"] = "Int32Formatter",
        ["System.UInt32"] = "UInt32Formatter",
        ["System.Int64"] = "Int64Formatter",
        ["System.UInt64"] = "UInt64Formatter",
        ["System.Int128"] = "Int128Formatter",
        ["System.UInt128"] = "UInt128Formatter",
        ["System.Numerics.BigInteger"] = "BigIntegerFormatter",
        ["System.Half"] = "HalfFormatter",
        ["System.Single"] = "SingleFormatter",
        ["System.Double"] = "DoubleFormatter",
        ["System.Decimal"] = "DecimalFormatter",
        ["System.Char"] = "CharFormatter",
        ["System.String"] = "StringFormatter",
        ["System.Guid"] = "GuidFormatter",
        ["System.Uri"] = "UriFormatter",
        ["System.Version"] = "VersionFormatter",
        ["System.DateTime"] = "DateTimeFormatter",
        ["System.DateTimeOffset"] = "DateTimeOffsetFormatter",
        ["System.DateOnly"] = "DateOnlyFormatter",
        ["System.TimeOnly"] = "TimeOnlyFormatter",
        ["System.TimeSpan"] = "TimeSpanFormatter",
        ["EventBus.EventValue"] = "EventValueFormatter",
    };

    /// <summary>What holds bytes is binary, not an array of numbers.</summary>
    public static readonly IReadOnlyDictionary<string, string> Binaries = new Dictionary<string, string>
    {
        ["System.Memory`1"] = "MemoryFormatter",
        ["System.ReadOnlyMemory`1"] = "ReadOnlyMemoryFormatter",
        ["System.Collections.Immutable.ImmutableArray`1"] = "ImmutableByteArrayFormatter",
    };

    public static readonly IReadOnlyDictionary<string, string> Sequences = new Dictionary<string, string>
    {
        ["System.Collections.Generic.IEnumerable`1"] = "EnumerableFormatter",
        ["System.Collections.Generic.ICollection`1"] = "CollectionFormatter",
        ["System.Collections.Generic.IReadOnlyCollection`1"] = "ReadOnlyCollectionFormatter",
        ["System.Collections.Generic.IList`1"] = "ListInterfaceFormatter",
        ["System.Collections.Generic.IReadOnlyList`1"] = "ReadOnlyListFormatter",
        ["System.Collections.Generic.List`1"] = "ListFormatter",
        ["System.Collections.Generic.ISet`1"] = "SetFormatter",
        ["System.Collections.Generic.IReadOnlySet`1"] = "ReadOnlySetFormatter",
        ["System.Collections.Generic.HashSet`1"] = "HashSetFormatter",
        ["System.Collections.Immutable.ImmutableArray`1"] = "ImmutableArrayFormatter",
        ["System.Collections.Immutable.ImmutableList`1"] = "ImmutableListFormatter",
        ["System.Collections.Immutable.ImmutableHashSet`1"] = "ImmutableHashSetFormatter",
    };

    public static readonly IReadOnlyDictionary<string, string> Dictionaries = new Dictionary<string, string>
    {
        ["System.Collections.Generic.Dictionary`2"] = "DictionaryFormatter",
        ["System.Collections.Generic.IDictionary`2"] = "DictionaryInterfaceFormatter",
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = "ReadOnlyDictionaryFormatter",
        ["System.Collections.Immutable.ImmutableDictionary`2"] = "ImmutableDictionaryFormatter",
    };
}
