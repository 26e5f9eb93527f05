using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class CollectionFormatterTests
{
    private static readonly string Json = "[1,2,300]";
    private static readonly string Hex = "930102cd012c";
    private static readonly int[] Items = [1, 2, 300];

    [Fact]
    public void Collections_are_arrays()
    {
        RoundTrip.Holds<int[], ArrayFormatter<int, Int32Formatter>>(Items, Json, Hex);
        RoundTrip.Holds<List<int>, ListFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<IReadOnlyList<int>, ReadOnlyListFormatter<int, Int32Formatter>>(Items, Json, Hex);
        RoundTrip.Holds<IReadOnlyCollection<int>, ReadOnlyCollectionFormatter<int, Int32Formatter>>(Items, Json, Hex);
        RoundTrip.Holds<IEnumerable<int>, EnumerableFormatter<int, Int32Formatter>>(Items, Json, Hex);
        RoundTrip.Holds<ICollection<int>, CollectionFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<IList<int>, ListInterfaceFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<HashSet<int>, HashSetFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<ISet<int>, SetFormatter<int, Int32Formatter>>(new SortedSet<int>(Items), Json, Hex);
        RoundTrip.Holds<IReadOnlySet<int>, ReadOnlySetFormatter<int, Int32Formatter>>(new HashSet<int>(Items), Json, Hex);
        RoundTrip.Holds<ImmutableArray<int>, ImmutableArrayFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<ImmutableList<int>, ImmutableListFormatter<int, Int32Formatter>>([.. Items], Json, Hex);
        RoundTrip.Holds<ImmutableHashSet<int>, ImmutableHashSetFormatter<int, Int32Formatter>>([7], "[7]", "9107");
        RoundTrip.Holds<int[], ArrayFormatter<int, Int32Formatter>>([], "[]", "90");
        RoundTrip.Holds<List<int[]>, ListFormatter<int[], ArrayFormatter<int, Int32Formatter>>>([[1], []], "[[1],[]]", "92910190");
    }

    [Fact]
    public void Read_returns_a_type_that_implements_the_interface()
    {
        Assert.IsType<int[]>(Encoded.FromJson(Json, (ref r) => default(ReadOnlyListFormatter<int, Int32Formatter>).Read(ref r)));
        Assert.IsType<int[]>(Encoded.FromJson(Json, (ref r) => default(EnumerableFormatter<int, Int32Formatter>).Read(ref r)));
        Assert.IsType<List<int>>(Encoded.FromJson(Json, (ref r) => default(ListInterfaceFormatter<int, Int32Formatter>).Read(ref r)));
        Assert.IsType<List<int>>(Encoded.FromJson(Json, (ref r) => default(CollectionFormatter<int, Int32Formatter>).Read(ref r)));
        Assert.IsType<HashSet<int>>(Encoded.FromJson(Json, (ref r) => default(SetFormatter<int, Int32Formatter>).Read(ref r)));
    }

    [Fact]
    public void Write_counts_a_sequence_of_unknown_length_first()
    {
        Assert.Equal(Json, Encoded.Json((ref w) => default(EnumerableFormatter<int, Int32Formatter>).Write(ref w, Yield())));
        Assert.Equal(Hex, Encoded.Hex((ref w) => default(EnumerableFormatter<int, Int32Formatter>).Write(ref w, Yield())));

        static IEnumerable<int> Yield()
        {
            foreach (var item in Items)
                yield return item;
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Write_rejects_a_collection_with_a_false_count(int count) =>
        RoundTrip.RefusesToWrite<ICollection<int>, CollectionFormatter<int, Int32Formatter>>(new Lying(count));

    [Fact]
    public void Null_is_rejected_if_the_type_does_not_allow_it()
    {
        RoundTrip.RefusesToWrite<int[], ArrayFormatter<int, Int32Formatter>>(null!);
        RoundTrip.RefusesToWrite<List<int>, ListFormatter<int, Int32Formatter>>(null!);
        RoundTrip.RefusesToWrite<IReadOnlyList<int>, ReadOnlyListFormatter<int, Int32Formatter>>(null!);
        RoundTrip.RefusesToWrite<HashSet<int>, HashSetFormatter<int, Int32Formatter>>(null!);
        RoundTrip.RefusesToWrite<ImmutableArray<int>, ImmutableArrayFormatter<int, Int32Formatter>>(default);
        RoundTrip.RefusesToWrite<ImmutableList<int>, ImmutableListFormatter<int, Int32Formatter>>(null!);
        RoundTrip.RefusesToWrite<string[], ArrayFormatter<string, StringFormatter>>([null!]);
        RoundTrip.RefusesToWrite<Dictionary<string, int>, DictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(null!);
        RoundTrip.Refuses<int[], ArrayFormatter<int, Int32Formatter>>("null", "c0", "Expected an array, found null.");
        RoundTrip.Refuses<string[], ArrayFormatter<string, StringFormatter>>("[null]", "91c0", "Expected text, found null.");
        RoundTrip.Refuses<List<int>, ListFormatter<int, Int32Formatter>>("{}", "80", "Expected an array, found a map.");
    }

    [Fact]
    public void Null_is_null_if_the_type_allows_it()
    {
        RoundTrip.Holds<int?, NullableFormatter<int, Int32Formatter>>(null, "null", "c0");
        RoundTrip.Holds<int?, NullableFormatter<int, Int32Formatter>>(5, "5", "05");
        RoundTrip.Holds<string?, NullableReferenceFormatter<string, StringFormatter>>(null, "null", "c0");
        RoundTrip.Holds<string?, NullableReferenceFormatter<string, StringFormatter>>("", "\"\"", "a0");
        RoundTrip.Holds<int?[], ArrayFormatter<int?, NullableFormatter<int, Int32Formatter>>>([1, null], "[1,null]", "9201c0");
        RoundTrip.Reads<double?, NullableFormatter<double, DoubleFormatter>>(null, "null", "c0");
    }

    [Fact]
    public void Dictionaries_are_maps()
    {
        const string Json = "{\"a\":1,\"é\":2}";
        const string Hex = "82a16101a2c3a902";
        RoundTrip.Holds<Dictionary<string, int>, DictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(Pairs(), Json, Hex);
        RoundTrip.Holds<IDictionary<string, int>, DictionaryInterfaceFormatter<string, int, StringKeyFormatter, Int32Formatter>>(
            new SortedList<string, int>(Pairs(), StringComparer.Ordinal), Json, Hex);
        RoundTrip.Holds<IReadOnlyDictionary<string, int>, ReadOnlyDictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(
            Pairs(), Json, Hex);
        RoundTrip.Holds<ImmutableDictionary<string, int>, ImmutableDictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(
            ImmutableDictionary<string, int>.Empty.Add("a", 1), "{\"a\":1}", "81a16101");

        static Dictionary<string, int> Pairs() => new() { ["a"] = 1, ["é"] = 2 };
    }

    [Fact]
    public void Dictionary_keys_are_text()
    {
        Holds<Guid, GuidKeyFormatter>(
            Guid.Empty, "00000000-0000-0000-0000-000000000000", "a Guid like 00000000-0000-0000-0000-000000000000", isText: true);
        Holds<int, IntegerKeyFormatter<int>>(-5, "-5", "an integer between -2147483648 and 2147483647", isText: false);
        Holds<ulong, IntegerKeyFormatter<ulong>>(
            ulong.MaxValue, "18446744073709551615", "an integer between 0 and 18446744073709551615", isText: false);
        Holds<DayOfWeek, EnumKeyFormatter<DayOfWeek>>(DayOfWeek.Friday, "Friday", "a name of the enum DayOfWeek", isText: true);
        RoundTrip.Reads<Dictionary<DayOfWeek, bool>, DictionaryFormatter<DayOfWeek, bool, EnumKeyFormatter<DayOfWeek>, BooleanFormatter>>(
            new() { [DayOfWeek.Friday] = true }, "{\"5\":true}", "81a135c3");

        static void Holds<TKey, TKeyFormatter>(TKey key, string text, string expected, bool isText)
            where TKey : notnull
            where TKeyFormatter : struct, IKeyFormatter<TKey>
        {
            RoundTrip.Holds<Dictionary<TKey, bool>, DictionaryFormatter<TKey, bool, TKeyFormatter, BooleanFormatter>>(
                new() { [key] = true }, $"{{\"{text}\":true}}", "81" + RoundTrip.Text(text) + "c3");
            RoundTrip.Refuses<Dictionary<TKey, bool>, DictionaryFormatter<TKey, bool, TKeyFormatter, BooleanFormatter>>(
                "{\"?\":true}", "81a13fc3", $"The {(isText ? "text" : "key")} is not {expected}.");
        }
    }

    [Fact]
    public void Dictionary_keys_have_the_text_of_the_value()
    {
        var noon = new DateTime(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);
        Holds<bool, BooleanFormatter>(true, "true");
        Holds<char, CharFormatter>('é', "é");
        Holds<Rune, RuneFormatter>(new Rune(0x1F600), "😀");
        Holds<Int128, Int128Formatter>(Int128.MinValue, Int128.MinValue.ToString(CultureInfo.InvariantCulture));
        Holds<UInt128, UInt128Formatter>(UInt128.MaxValue, UInt128.MaxValue.ToString(CultureInfo.InvariantCulture));
        Holds<BigInteger, BigIntegerFormatter>(-BigInteger.Pow(10, 40), "-1" + new string('0', 40));
        Holds<Half, HalfFormatter>((Half)0.1, "0.099975586");
        Holds<float, SingleFormatter>(0.1f, "0.1");
        Holds<double, DoubleFormatter>(1e21, "1e+21");
        Holds<double, DoubleFormatter>(-0.1, "-0.1");
        Holds<decimal, DecimalFormatter>(12.50m, "12.50");
        Holds<Uri, UriFormatter>(new Uri("a/b", UriKind.Relative), "a/b");
        Holds<Version, VersionFormatter>(new Version(1, 2), "1.2");
        Holds<IPAddress, IPAddressFormatter>(IPAddress.Loopback, "127.0.0.1");
        Holds<CultureInfo, CultureInfoFormatter>(CultureInfo.InvariantCulture, "");
        Holds<DateTime, DateTimeFormatter>(noon, "2026-11-22T12:00:00.000Z");
        Holds<DateTimeOffset, DateTimeOffsetFormatter>(new DateTimeOffset(noon), "2026-11-22T12:00:00.000Z");
        Holds<DateOnly, DateOnlyFormatter>(new DateOnly(2026, 11, 22), "2026-11-22");
        Holds<TimeOnly, TimeOnlyFormatter>(new TimeOnly(12, 34, 56, 7), "12:34:56.0070000");
        Holds<TimeSpan, TimeSpanFormatter>(TimeSpan.FromDays(-1.5), "-1.12:00:00");

        static void Holds<TKey, TKeyFormatter>(TKey key, string text)
            where TKey : notnull
            where TKeyFormatter : struct, IKeyFormatter<TKey>
            => RoundTrip.Holds<Dictionary<TKey, int>, DictionaryFormatter<TKey, int, TKeyFormatter, Int32Formatter>>(
                new() { [key] = 1 }, $"{{\"{text}\":1}}", "81" + RoundTrip.Text(text) + "01");
    }

    [Fact]
    public void Dictionary_keys_reject_other_text()
    {
        Refuses<bool, BooleanFormatter>("yes", "The key is neither true nor false.");
        Refuses<char, CharFormatter>("ab", "The text is not a single character.");
        Refuses<Rune, RuneFormatter>("ab", "The text is not a single Unicode scalar value.");
        Refuses<BigInteger, BigIntegerFormatter>("1.5", "The key is not an integer.");
        Refuses<Half, HalfFormatter>("65520", "The key is not a finite number of type Half.");
        Refuses<float, SingleFormatter>("1e39", "The key is not a finite number of type Single.");
        foreach (var text in new[] { "NaN", "Infinity", "1e309", " 1", "1,5", "" })
            Refuses<double, DoubleFormatter>(text, "The key is not a finite number of type Double.");
        Refuses<decimal, DecimalFormatter>("1e40", "The key is not a number that a decimal holds exactly.");
        Refuses<Version, VersionFormatter>("1", "The text is not a version like 1.0 or 1.0.0.0.");
        Refuses<IPAddress, IPAddressFormatter>("1", "The text is not an IP address like 192.0.2.1 or 2001:db8::1.");
        Refuses<DateTime, DateTimeFormatter>("now", "The text is not an ISO 8601 point in time between the years 1 and 9999.");
        Refuses<DateOnly, DateOnlyFormatter>("2023-02-29", "The text is not a date like 2024-12-31.");
        Refuses<TimeOnly, TimeOnlyFormatter>("24:00:00", "The text is not a time like 12:34:56 or 12:34:56.0000007.");
        Refuses<TimeSpan, TimeSpanFormatter>("1h", "The text is not a time span like 1.02:03:04.0000005.");
        RoundTrip.RefusesToWrite<Dictionary<double, int>, DictionaryFormatter<double, int, DoubleFormatter, Int32Formatter>>(
            new() { [double.NaN] = 1 });
        RoundTrip.RefusesToWrite<Dictionary<float, int>, DictionaryFormatter<float, int, SingleFormatter, Int32Formatter>>(
            new() { [float.NegativeInfinity] = 1 });

        static void Refuses<TKey, TKeyFormatter>(string text, string message)
            where TKey : notnull
            where TKeyFormatter : struct, IKeyFormatter<TKey>
            => RoundTrip.Refuses<Dictionary<TKey, int>, DictionaryFormatter<TKey, int, TKeyFormatter, Int32Formatter>>(
                $"{{\"{text}\":1}}", "81" + RoundTrip.Text(text) + "01", message);
    }

    [Fact]
    public void Dictionary_keys_are_read_as_System_Text_Json_writes_them()
    {
        var zoned = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(2));
        Reads<bool, BooleanFormatter>(true);
        Reads<char, CharFormatter>('"');
        Reads<Int128, Int128Formatter>(Int128.MinValue);
        Reads<UInt128, UInt128Formatter>(UInt128.MaxValue);
        Reads<Half, HalfFormatter>((Half)(-0.1));
        Reads<float, SingleFormatter>(float.MinValue);
        Reads<double, DoubleFormatter>(double.Epsilon);
        Reads<decimal, DecimalFormatter>(-12.50m);
        Reads<Uri, UriFormatter>(new Uri("https://example.org/é?q=1"));
        Reads<Version, VersionFormatter>(new Version(1, 2, 3, 4));
        Reads<DateTime, DateTimeFormatter>(zoned.UtcDateTime.AddTicks(1));
        Reads<DateTimeOffset, DateTimeOffsetFormatter>(zoned);
        Reads<DateOnly, DateOnlyFormatter>(new DateOnly(2026, 11, 22));
        Reads<TimeOnly, TimeOnlyFormatter>(new TimeOnly(12, 34, 56, 7));
        Reads<TimeSpan, TimeSpanFormatter>(TimeSpan.FromTicks(-1));

        static void Reads<TKey, TKeyFormatter>(TKey key)
            where TKey : notnull
            where TKeyFormatter : struct, IKeyFormatter<TKey>
            => Assert.Equal(
                new Dictionary<TKey, int> { [key] = 1 },
                Encoded.FromJson(
                    JsonSerializer.Serialize(new Dictionary<TKey, int> { [key] = 1 }),
                    (ref r) => default(DictionaryFormatter<TKey, int, TKeyFormatter, Int32Formatter>).Read(ref r)));
    }

    [Fact]
    public void OrderedDictionary_keeps_its_order()
    {
        var map = new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 };
        map.Insert(0, "c", 3);
        Holds(map, "{\"c\":3,\"b\":1,\"a\":2}", "83a16303a16201a16102");
        var read = Encoded.FromJson(
            "{\"b\":1,\"a\":2,\"b\":3}",
            (ref r) => default(OrderedDictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>).Read(ref r));
        Assert.Equal(["b", "a"], read.Keys);
        Assert.Equal([3, 2], read.Values);

        static void Holds(OrderedDictionary<string, int> map, string json, string hex)
        {
            RoundTrip.Holds<OrderedDictionary<string, int>, OrderedDictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(
                map, json, hex);
            var read = Encoded.FromHex(
                hex, (ref r) => default(OrderedDictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>).Read(ref r));
            Assert.Equal(map.Keys, read.Keys);
        }
    }

    [Fact]
    public void ReadOnlySet_is_an_array()
    {
        RoundTrip.Holds<ReadOnlySet<int>, ObjectModelReadOnlySetFormatter<int, Int32Formatter>>(
            new(new HashSet<int> { 2, 1 }), "[2,1]", "920201");
        RoundTrip.Reads<ReadOnlySet<int>, ObjectModelReadOnlySetFormatter<int, Int32Formatter>>(
            new(new HashSet<int> { 1 }), "[1,1]", "920101");
        RoundTrip.RefusesToWrite<ReadOnlySet<int>, ObjectModelReadOnlySetFormatter<int, Int32Formatter>>(null!);
    }

    [Fact]
    public void Duplicate_key_keeps_the_last_value() =>
        RoundTrip.Reads<Dictionary<string, int>, DictionaryFormatter<string, int, StringKeyFormatter, Int32Formatter>>(
            new() { ["a"] = 3, ["b"] = 2 }, "{\"a\":1,\"b\":2,\"\\u0061\":3}", "83a16101a16202a16103");

    [Fact]
    public void Key_that_is_not_text_is_rejected()
    {
        var exception = Assert.Throws<EventSerializationException>(
            () =>
                Encoded.FromHex(
                    "810101", (ref r) => default(DictionaryFormatter<int, int, IntegerKeyFormatter<int>, Int32Formatter>).Read(ref r)));
        Assert.Equal("Expected a key that is text, found a number.", exception.Message);
    }

    [Fact]
    public void Tuples_are_arrays()
    {
        RoundTrip.Holds<(
            int, string), ValueTupleFormatter<int, string, Int32Formatter, StringFormatter>>((1, "x"), "[1,\"x\"]", "9201a178");
        RoundTrip.Holds<(int, int, int), ValueTupleFormatter<int, int, int, Int32Formatter, Int32Formatter, Int32Formatter>>(
            (1, 2, 3), "[1,2,3]", "93010203");
        RoundTrip.Holds<(
            int, int, int, int), ValueTupleFormatter<int, int, int, int, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter>>(
            (1, 2, 3, 4), "[1,2,3,4]", "9401020304");
        RoundTrip.Holds<(int, int, int, int, int), ValueTupleFormatter<int, int, int, int, int, Int32Formatter, Int32Formatter,
            Int32Formatter, Int32Formatter, Int32Formatter>>(
            (1, 2, 3, 4, 5), "[1,2,3,4,5]", "950102030405");
        RoundTrip.Holds<(int, int, int, int, int, int), ValueTupleFormatter<int, int, int, int, int, int, Int32Formatter, Int32Formatter,
            Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter>>(
            (1, 2, 3, 4, 5, 6), "[1,2,3,4,5,6]", "96010203040506");
        RoundTrip.Holds<(int, int, int, int, int, int, int), ValueTupleFormatter<int, int, int, int, int, int, int, Int32Formatter,
            Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter, Int32Formatter>>(
            (1, 2, 3, 4, 5, 6, 7), "[1,2,3,4,5,6,7]", "9701020304050607");
        RoundTrip.Reads<(
            int, string), ValueTupleFormatter<int, string, Int32Formatter, StringFormatter>>((1, "x"), "[1,\"x\",[2]]", "9301a1789102");
        RoundTrip.Refuses<(int, string), ValueTupleFormatter<int, string, Int32Formatter, StringFormatter>>(
            "[1]", "9101", "The array has fewer values than the tuple has items.");
        RoundTrip.Refuses<(int, string), ValueTupleFormatter<int, string, Int32Formatter, StringFormatter>>(
            "[]", "90", "The array has fewer values than the tuple has items.");
    }

    private sealed class Lying(int count) : ICollection<int>
    {
        public int Count => count;

        public bool IsReadOnly => true;

        public void Add(int item) => throw new NotSupportedException();

        public void Clear() => throw new NotSupportedException();

        public bool Contains(int item) => Items.Contains(item);

        public void CopyTo(int[] array, int arrayIndex) => Items.CopyTo(array, arrayIndex);

        public IEnumerator<int> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

        public bool Remove(int item) => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
