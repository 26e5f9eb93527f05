using System.Collections;
using System.Collections.Immutable;
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
