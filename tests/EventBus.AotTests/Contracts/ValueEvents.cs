using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class ValueEvents(Way<IValueEvents> way) : Events<IValueEvents>(way), IValueEvents
{
    public void Integers(
        byte u8, sbyte i8, short i16, ushort u16, int i32, uint u32, long i64, ulong u64, Int128 i128, UInt128 u128,
        BigInteger big) =>
        Send(Target.Integers(u8, i8, i16, u16, i32, u32, i64, u64, i128, u128, big));

    public void Numbers(Half half, float single, double real, decimal money, bool yes, int? nothing, double? something) =>
        Send(Target.Numbers(half, single, real, money, yes, nothing, something));

    public void Texts(
        char letter, string text, string? nothing, Guid id, Uri link, Version version, Priority number, Colour name,
        Colour? noName) =>
        Send(Target.Texts(letter, text, nothing, id, link, version, number, name, noName));

    public void Times(DateTime utc, DateTimeOffset offset, DateOnly date, TimeOnly time, TimeSpan span) =>
        Send(Target.Times(utc, offset, date, time, span));

    public void Binaries(byte[] array, Memory<byte> memory, ReadOnlyMemory<byte> readOnly, ImmutableArray<byte> immutable) =>
        Send(Target.Binaries(array, memory, readOnly, immutable));

    public void Lists(
        int[] array, List<int> list, IEnumerable<int> items, ICollection<int> collection, IReadOnlyCollection<int> readOnly,
        IList<int> listInterface, IReadOnlyList<int> readOnlyList) =>
        Send(Target.Lists(array, list, items, collection, readOnly, listInterface, readOnlyList));

    public void Sets(
        HashSet<int> hash, ISet<int> set, IReadOnlySet<int> readOnly, ImmutableArray<int> array, ImmutableList<int> list,
        ImmutableHashSet<int> immutable) =>
        Send(Target.Sets(hash, set, readOnly, array, list, immutable));

    public void Maps(
        Dictionary<string, int> map, IDictionary<Guid, int> byGuid, IReadOnlyDictionary<long, int> byNumber,
        ImmutableDictionary<Colour, int> byName) =>
        Send(Target.Maps(map, byGuid, byNumber, byName));

    public void Any(EventValue value) => Send(Target.Any(value));

    public void Defaults(
        bool yes, char quote, byte u8, long i64, ulong u64, float single, double real, double small, decimal money, string text,
        string? nothing, Guid id, Priority number, Priority unnamed, int? some, int? none, DateTimeOffset at) =>
        Send(Target.Defaults(yes, quote, u8, i64, u64, single, real, small, money, text, nothing, id, number, unnamed, some, none, at));

    public static void Play(IValueEvents to)
    {
        to.Integers(
            255, -128, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, Int128.MinValue,
            UInt128.MaxValue, BigInteger.Pow(10, 40));
        to.Numbers((Half)1.5, 0.1f, Math.PI, decimal.MaxValue, true, null, -0.5);
        to.Texts(
            'é', "a\"😀\n", null, Samples.Id, new Uri("https://example.org/a?b=ü"), new Version(1, 2), Priority.High, Colour.Green, null);
        to.Times(Samples.Utc, Samples.At, new DateOnly(2026, 2, 3), new TimeOnly(4, 5, 6, 7), TimeSpan.FromTicks(-1));
        to.Binaries(Samples.Bytes, Samples.Bytes, Samples.Bytes, [.. Samples.Bytes]);
        to.Lists([1, 2], [3], [4], [5], [6], [7], []);
        to.Sets([1, 2], new HashSet<int> { 3 }, new HashSet<int> { 4 }, [5, 6], [7], [8]);
        to.Maps(
            new() { ["ä"] = 1 },
            new Dictionary<Guid, int> { [Samples.Id] = 2 },
            new Dictionary<long, int> { [-3] = 3 },
            ImmutableDictionary<Colour, int>.Empty.Add(Colour.Green, 4));
        to.Any(EventValue.FromArray(1, "a", EventValue.Null));
        to.Defaults();
    }
}

internal sealed class AnyEvents(Way<IAnyEvents> way) : Events<IAnyEvents>(way), IAnyEvents
{
    public void Objects(object value, object? nothing) => Send(Target.Objects(value, nothing));

    public void Json(JsonElement element, JsonDocument document) => Send(Target.Json(element, document));

    public void Values(EventValue value, IReadOnlyDictionary<string, object?> map) => Send(Target.Values(value, map));

    public static void Play(IAnyEvents to)
    {
        to.Objects(new Dictionary<string, object?> { ["list"] = new object?[] { 1, "two", null } }, null);
        to.Json(JsonElement.Parse("""{"a":[1]}"""), JsonDocument.Parse("[true]"));
        to.Values(EventValue.FromArray(1.5), new Dictionary<string, object?> { ["at"] = Samples.Utc });
    }
}
