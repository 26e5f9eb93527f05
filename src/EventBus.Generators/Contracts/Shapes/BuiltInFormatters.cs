using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The formatters of <c>EventBus.Serialization</c>, by the metadata name of the type that they format.</summary>
internal static class BuiltInFormatters
{
    /// <summary>The greatest number of items that <c>ValueTupleFormatter</c> exists for.</summary>
    public const int LongestTuple = 7;

    /// <summary>The formatter of the dictionary that keeps the order of its pairs.</summary>
    public const string OrderedDictionary = "OrderedDictionaryFormatter";

    /// <summary>The formatters of types without type arguments.</summary>
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
        ["System.Text.Rune"] = "RuneFormatter",
        ["System.String"] = "StringFormatter",
        ["System.Guid"] = "GuidFormatter",
        ["System.Uri"] = "UriFormatter",
        ["System.Version"] = "VersionFormatter",
        ["System.Net.IPAddress"] = "IPAddressFormatter",
        ["System.Globalization.CultureInfo"] = "CultureInfoFormatter",
        ["System.DateTime"] = "DateTimeFormatter",
        ["System.DateTimeOffset"] = "DateTimeOffsetFormatter",
        ["System.DateOnly"] = "DateOnlyFormatter",
        ["System.TimeOnly"] = "TimeOnlyFormatter",
        ["System.TimeSpan"] = "TimeSpanFormatter",
        ["System.Numerics.Vector2"] = "Vector2Formatter",
        ["System.Numerics.Vector3"] = "Vector3Formatter",
        ["System.Numerics.Vector4"] = "Vector4Formatter",
        ["System.Drawing.Point"] = "PointFormatter",
        ["System.Object"] = "ObjectFormatter",
        ["System.Text.Json.JsonElement"] = "JsonElementFormatter",
        ["System.Text.Json.JsonDocument"] = "JsonDocumentFormatter",
        ["EventBus.EventValue"] = "EventValueFormatter",
    };

    /// <summary>The formatters of scalars that format keys of dictionaries, too.</summary>
    public static readonly IReadOnlyCollection<string> OfKeys =
    [
        "BooleanFormatter", "Int128Formatter", "UInt128Formatter", "BigIntegerFormatter", "HalfFormatter", "SingleFormatter",
        "DoubleFormatter", "DecimalFormatter", "CharFormatter", "RuneFormatter", "UriFormatter", "VersionFormatter", "IPAddressFormatter",
        "CultureInfoFormatter", "DateTimeFormatter", "DateTimeOffsetFormatter", "DateOnlyFormatter", "TimeOnlyFormatter",
        "TimeSpanFormatter",
    ];

    /// <summary>The formatters of floats that are numbers on the wire.</summary>
    public static readonly IReadOnlyCollection<string> Reals = ["HalfFormatter", "SingleFormatter", "DoubleFormatter"];

    /// <summary>The formatters of integers that are numbers on the wire.</summary>
    public static readonly IReadOnlyCollection<string> Integers =
    [
        "ByteFormatter", "SByteFormatter", "Int16Formatter", "UInt16Formatter", "Int32Formatter", "UInt32Formatter", "Int64Formatter",
        "UInt64Formatter",
    ];

    /// <summary>The formatters of numbers that are always text on the wire.</summary>
    public static readonly IReadOnlyCollection<string> TextNumbers =
        ["Int128Formatter", "UInt128Formatter", "BigIntegerFormatter", "DecimalFormatter"];

    /// <summary>The formatters that read null as a value.</summary>
    public static readonly IReadOnlyCollection<string> TakingNull =
        ["HalfFormatter", "SingleFormatter", "DoubleFormatter", "EventValueFormatter", "JsonElementFormatter"];

    /// <summary>The formatters of types that hold any JSON value, null included.</summary>
    public static readonly IReadOnlyCollection<string> OfAnything =
        ["EventValueFormatter", "ObjectFormatter", "JsonElementFormatter", "JsonDocumentFormatter"];

    /// <summary>The formatters of types whose type argument is <c>byte</c>: they are binary, not arrays of numbers.</summary>
    public static readonly IReadOnlyDictionary<string, string> Binaries = new Dictionary<string, string>
    {
        ["System.Memory`1"] = "MemoryFormatter",
        ["System.ReadOnlyMemory`1"] = "ReadOnlyMemoryFormatter",
        ["System.Collections.Immutable.ImmutableArray`1"] = "ImmutableByteArrayFormatter",
    };

    /// <summary>Whether the values of the type are one value on the wire, of a fixed form.</summary>
    public static bool IsScalar(INamedTypeSymbol type)
    {
        var name = type.GetFullMetadataName();
        return Scalars.TryGetValue(name, out var formatter)
            ? !OfAnything.Contains(formatter)
            : Binaries.ContainsKey(name) && type.TypeArguments[0].SpecialType == SpecialType.System_Byte;
    }

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
        ["System.Collections.Generic.SortedSet`1"] = "SortedSetFormatter",
        ["System.Collections.Generic.Queue`1"] = "QueueFormatter",
        ["System.Collections.Generic.Stack`1"] = "StackFormatter",
        ["System.Collections.Generic.LinkedList`1"] = "LinkedListFormatter",
        ["System.Collections.ObjectModel.Collection`1"] = "ObjectModelCollectionFormatter",
        ["System.Collections.ObjectModel.ObservableCollection`1"] = "ObservableCollectionFormatter",
        ["System.Collections.ObjectModel.ReadOnlyCollection`1"] = "ObjectModelReadOnlyCollectionFormatter",
        ["System.Collections.ObjectModel.ReadOnlySet`1"] = "ObjectModelReadOnlySetFormatter",
        ["System.Collections.Immutable.ImmutableArray`1"] = "ImmutableArrayFormatter",
        ["System.Collections.Immutable.ImmutableList`1"] = "ImmutableListFormatter",
        ["System.Collections.Immutable.ImmutableHashSet`1"] = "ImmutableHashSetFormatter",
        ["System.Collections.Immutable.ImmutableSortedSet`1"] = "ImmutableSortedSetFormatter",
        ["System.Collections.Immutable.ImmutableQueue`1"] = "ImmutableQueueFormatter",
        ["System.Collections.Immutable.ImmutableStack`1"] = "ImmutableStackFormatter",
        ["System.Collections.Immutable.IImmutableList`1"] = "ImmutableListInterfaceFormatter",
        ["System.Collections.Immutable.IImmutableSet`1"] = "ImmutableSetInterfaceFormatter",
        ["System.Collections.Frozen.FrozenSet`1"] = "FrozenSetFormatter",
    };

    public static readonly IReadOnlyDictionary<string, string> Dictionaries = new Dictionary<string, string>
    {
        ["System.Collections.Generic.Dictionary`2"] = "DictionaryFormatter",
        ["System.Collections.Generic.IDictionary`2"] = "DictionaryInterfaceFormatter",
        ["System.Collections.Generic.IReadOnlyDictionary`2"] = "ReadOnlyDictionaryFormatter",
        ["System.Collections.Generic.OrderedDictionary`2"] = OrderedDictionary,
        ["System.Collections.Generic.SortedDictionary`2"] = "SortedDictionaryFormatter",
        ["System.Collections.Generic.SortedList`2"] = "SortedListFormatter",
        ["System.Collections.ObjectModel.ReadOnlyDictionary`2"] = "ObjectModelReadOnlyDictionaryFormatter",
        ["System.Collections.Concurrent.ConcurrentDictionary`2"] = "ConcurrentDictionaryFormatter",
        ["System.Collections.Immutable.ImmutableDictionary`2"] = "ImmutableDictionaryFormatter",
        ["System.Collections.Immutable.ImmutableSortedDictionary`2"] = "ImmutableSortedDictionaryFormatter",
        ["System.Collections.Immutable.IImmutableDictionary`2"] = "ImmutableDictionaryInterfaceFormatter",
        ["System.Collections.Frozen.FrozenDictionary`2"] = "FrozenDictionaryFormatter",
    };

    /// <summary>The formatters of collections and dictionaries that items can be added to.</summary>
    public static readonly IReadOnlyCollection<string> Fillable = new HashSet<string>
    {
        "CollectionFormatter",
        "ListInterfaceFormatter",
        "ListFormatter",
        "SetFormatter",
        "HashSetFormatter",
        "SortedSetFormatter",
        "QueueFormatter",
        "StackFormatter",
        "LinkedListFormatter",
        "ObjectModelCollectionFormatter",
        "ObservableCollectionFormatter",
        "DictionaryFormatter",
        "DictionaryInterfaceFormatter",
        OrderedDictionary,
        "SortedDictionaryFormatter",
        "SortedListFormatter",
        "ConcurrentDictionaryFormatter",
    };
}
