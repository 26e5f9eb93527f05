using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>One value, not the simplest, of each type that a parameter may have.</summary>
internal static class MatrixRows
{
    private const string Id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private const string Date = "new Date('2026-11-22T12:34:56.789Z')";
    private const string DateText = "'2026-11-22T12:34:56.789Z'";

    private static readonly DateTime At = new(2026, 11, 22, 12, 34, 56, 789, DateTimeKind.Utc);
    private static readonly LateId Late = new(-7);
    private static readonly BigInteger Huge = BigInteger.Pow(10, 40);

    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        new("boolean", true, "true", static e => e.Boolean(true)),
        new("byte", byte.MaxValue, "255", static e => e.Byte(byte.MaxValue)),
        new("sByte", sbyte.MinValue, "-128", static e => e.SByte(sbyte.MinValue)),
        new("int16", short.MinValue, "-32768", static e => e.Int16(short.MinValue)),
        new("uInt16", ushort.MaxValue, "65535", static e => e.UInt16(ushort.MaxValue)),
        new("int32", int.MinValue, "-2147483648", static e => e.Int32(int.MinValue)),
        new("uInt32", uint.MaxValue, "4294967295", static e => e.UInt32(uint.MaxValue)),
        new("int64", -9007199254740991, "-9007199254740991", static e => e.Int64(-9007199254740991)),
        new("uInt64", 9007199254740991UL, "9007199254740991", static e => e.UInt64(9007199254740991)),
        new("int128", Int128.MinValue, $"'{Int128.MinValue}'", static e => e.Int128(Int128.MinValue)),
        new("uInt128", UInt128.MaxValue, $"'{UInt128.MaxValue}'", static e => e.UInt128(UInt128.MaxValue)),
        new("bigInteger", Huge, $"'{Huge}'", static e => e.BigInteger(Huge)),
        new("half", (Half)(-0.5), "-0.5", static e => e.Half((Half)(-0.5))),
        new("single", 0.5f, "0.5", static e => e.Single(0.5f)),
        new("double", 0.1, "0.1", static e => e.Double(0.1)),
        new("decimal", 1.50m, "'1.50'", static e => e.Decimal(1.50m)),
        new("char", 'é', "'é'", static e => e.Char('é')),
        new("text", "a\"😀\n", "'a\"😀\\n'", static e => e.Text("a\"😀\n")),
        new("guid", Guid.Parse(Id), $"'{Id}'", static e => e.Guid(Guid.Parse(Id))),
        new(
            "uri",
            new Uri("https://example.org/ü?a=1"),
            "'https://example.org/ü?a=1'",
            static e => e.Uri(new Uri("https://example.org/ü?a=1"))),
        new("version", new Version(1, 2, 3), "'1.2.3'", static e => e.Version(new Version(1, 2, 3))),
        new("rune", new Rune(0x1F600), "'😀'", static e => e.Rune(new Rune(0x1F600))),
        new("address", IPAddress.Parse("2001:db8::1"), "'2001:db8::1'", static e => e.Address(IPAddress.Parse("2001:db8::1"))),
        new("culture", CultureInfo.InvariantCulture, "''", static e => e.Culture(CultureInfo.InvariantCulture)),
        new("dateTime", At, Date, static e => e.DateTime(At)) { Inline = DateText },
        new(
            "dateTimeOffset",
            new DateTimeOffset(At),
            Date,
            static e => e.DateTimeOffset(new DateTimeOffset(At).ToOffset(TimeSpan.FromHours(2))))
        {
            Inline = DateText,
        },
        new("dateOnly", new DateOnly(2026, 11, 22), "'2026-11-22'", static e => e.DateOnly(new DateOnly(2026, 11, 22))),
        new("timeOnly", new TimeOnly(1, 2, 3), "'01:02:03'", static e => e.TimeOnly(new TimeOnly(1, 2, 3))),
        new(
            "timeSpan",
            TimeSpan.Parse("-1.02:03:04.5", CultureInfo.InvariantCulture),
            "'-1.02:03:04.5000000'",
            static e => e.TimeSpan(TimeSpan.Parse("-1.02:03:04.5", CultureInfo.InvariantCulture))),
        new("enumByNumber", Priority.High, "1", static e => e.EnumByNumber(Priority.High)),
        new("enumByName", Colour.Green, "'Green'", static e => e.EnumByName(Colour.Green)),
        new("nullableNumber", null, "null", static e => e.NullableNumber(null)) { Written = "undefined" },
        new("nullableText", null, "null", static e => e.NullableText(null)) { Written = "undefined" },
        new("bytes", new byte[] { 0, 1, 255 }, "Buffer.from([0, 1, 255])", static e => e.Bytes([0, 1, 255]))
        {
            Inline = "",
            Written = "new Uint8Array([0, 1, 255])",
        },
        new("memory", new byte[] { 2 }, "Buffer.from([2])", static e => e.Memory(new byte[] { 2 })) { Inline = "" },
        new("jagged", new int[][] { [1, 2], [] }, "[[1, 2], []]", static e => e.Jagged([[1, 2], []])),
        new("list", new List<string?> { "a", null }, "['a', null]", static e => e.List(["a", null])) { Written = "['a', undefined]" },
        new("readOnlyList", new[] { 0.5, 2 }, "[0.5, 2]", static e => e.ReadOnlyList([0.5, 2])),
        new("hashSet", new HashSet<int> { 1, 2 }, "[1, 2]", static e => e.HashSet([1, 2])) { Written = "[1, 2, 1.0]" },
        new("immutableArray", ImmutableArray.Create(1, 2), "[1, 2]", static e => e.ImmutableArray([1, 2])),
        new("stack", new Stack<int>([1, 2]), "[2, 1]", static e => e.Stack(new Stack<int>([1, 2]))),
        new("dictionary", new Dictionary<string, int> { ["ä b"] = 1 }, "({ 'ä b': 1 })", static e => e.Dictionary(new() { ["ä b"] = 1 })),
        new(
            "numberKeys",
            new Dictionary<int, bool> { [-7] = true },
            "({ '-7': true })",
            static e => e.NumberKeys(new Dictionary<int, bool> { [-7] = true })),
        new(
            "orderedDictionary",
            new OrderedDictionary<string, int> { ["b"] = 1, ["a"] = 2 },
            "({ b: 1, a: 2 })",
            static e => e.OrderedDictionary(new() { ["b"] = 1, ["a"] = 2 })),
        new(
            "dateKeys",
            new Dictionary<DateOnly, int> { [new DateOnly(2026, 11, 22)] = 1 },
            "({ '2026-11-22': 1 })",
            static e => e.DateKeys(new() { [new DateOnly(2026, 11, 22)] = 1 })),
        new(
            "booleanKeys",
            new Dictionary<bool, double> { [true] = 0.5 },
            "({ [true]: 0.5 })",
            static e => e.BooleanKeys(new() { [true] = 0.5 })),
        new(
            "readOnlySet",
            new ReadOnlySet<int>(new HashSet<int> { 1, 2 }),
            "[1, 2]",
            static e => e.ReadOnlySet(new ReadOnlySet<int>(new HashSet<int> { 1, 2 }))),
        new("vector2", new Vector2(1.5f, -2), "({ x: 1.5, y: -2 })", static e => e.Vector2(new(1.5f, -2)))
        {
            Written = "({ y: -2, more: [], x: 1.5 })",
        },
        new("vector3", new Vector3(1.5f, -2, 0), "({ x: 1.5, y: -2, z: 0 })", static e => e.Vector3(new(1.5f, -2, 0))),
        new("vector4", new Vector4(1, 2, 3, 4), "({ x: 1, y: 2, z: 3, w: 4 })", static e => e.Vector4(new(1, 2, 3, 4))),
        new("pixel", new System.Drawing.Point(3, -4), "({ x: 3, y: -4 })", static e => e.Pixel(new(3, -4))),
        new("tuple", (1, "a"), "[1, 'a']", static e => e.Tuple((1, "a"))) { Written = "[1, 'a', 'more']" },
        new(
            "payload",
            new Line("tea", new Point { X = 1, Y = -0.5 }),
            "({ article: 'tea', at: { x: 1, y: -0.5 } })",
            static e => e.Payload(new Line("tea", new Point { X = 1, Y = -0.5 })))
        {
            Written = "({ more: [{}], at: { y: -0.5, x: 1, z: undefined }, article: 'tea' })",
        },
        new(
            "generic",
            new Pair<DateTime, Colour>(At, Colour.Green),
            $"({{ first: {Date}, second: 'Green' }})",
            static e => e.Generic(new(At, Colour.Green)))
        {
            Inline = $"({{ first: {DateText}, second: 'Green' }})",
            Written = $"({{ second: 1, first: {Date} }})",
        },
        new("union", new Dog("d", 1), "({ $type: 'dog', name: 'd', barks: 1 })", static e => e.Union(new Dog("d", 1)))
        {
            Written = "({ barks: 1, name: 'd', $type: 'dog' })",
        },
        new(
            "numberTexts",
            new NumberTexts(long.MinValue, ulong.MaxValue, null, 0.1, float.NegativeInfinity, (Half)(-0.5)),
            $"({{ id: '{long.MinValue}', count: '{ulong.MaxValue}', step: null, ratio: '0.1', share: '-Infinity', part: '-0.5' }})",
            static e => e.NumberTexts(new(long.MinValue, ulong.MaxValue, null, 0.1, float.NegativeInfinity, (Half)(-0.5))))
        {
            Written = $"({{ id: '{long.MinValue}', count: '{ulong.MaxValue}', ratio: 0.1, share: '-Infinity', part: -0.5 }})",
        },
        new(
            "tree",
            new Sum(new Literal(1), new Literal(2)),
            "({ $type: 'sum', left: { $type: 'literal', value: 1 }, right: { $type: 'literal', value: 2 } })",
            static e => e.Tree(new Sum(new Literal(1), new Literal(2)))),
        new("custom", new Money(1.5m, "EUR"), "'1.5 EUR'", static e => e.Custom(new Money(1.5m, "EUR"))),
        new("guidId", new CustomerId(Guid.Parse(Id)), $"'{Id}'", static e => e.GuidId(new(Guid.Parse(Id)))),
        new("numberId", new TicketNumber(int.MinValue), "-2147483648", static e => e.NumberId(new(int.MinValue))),
        new("textId", ArticleNumber.Parse("ä 1"), "'ä 1'", static e => e.TextId(ArticleNumber.Parse("ä 1"))),
        new("timeId", new Slot(At), Date, static e => e.TimeId(new(At))) { Inline = DateText },
        new("enumId", new Favourite(Colour.Green), "'Green'", static e => e.EnumId(new(Colour.Green))) { Written = "'green'" },
        new("lateId", Late, "-7", static e => e.LateId(Late)),
        new("nullableId", null, "null", static e => e.NullableId(null)) { Written = "undefined" },
        new("nullableTextId", null, "null", static e => e.NullableTextId(null)) { Written = "undefined" },
        new("ids", new List<CustomerId?> { new(Guid.Parse(Id)), null }, $"['{Id}', null]", static e => e.Ids([new(Guid.Parse(Id)), null])),
        new(
            "idMembers",
            new Purchase(new CustomerId(Guid.Parse(Id)), ArticleNumber.Parse("a"), null),
            $"({{ customer: '{Id}', article: 'a', ticket: null }})",
            static e => e.IdMembers(new(new(Guid.Parse(Id)), ArticleNumber.Parse("a"), null)))
        {
            Written = $"({{ article: 'a', customer: '{Id}' }})",
        },
        new(
            "idKeys",
            new Dictionary<CustomerId, TicketNumber> { [new(Guid.Parse(Id))] = new(3) },
            $"({{ '{Id}': 3 }})",
            static e => e.IdKeys(new() { [new(Guid.Parse(Id))] = new(3) })),
        new(
            "textIdKeys",
            new Dictionary<ArticleNumber, int> { [ArticleNumber.Parse("ä b")] = 1 },
            "({ 'ä b': 1 })",
            static e => e.TextIdKeys(new() { [ArticleNumber.Parse("ä b")] = 1 })),
        new(
            "enumIdKeys",
            new Dictionary<Favourite, int> { [new(Colour.Green)] = 1 },
            "({ Green: 1 })",
            static e => e.EnumIdKeys(new() { [new(Colour.Green)] = 1 })),
        new(
            "eventValue",
            EventValue.FromArray(1, "a", EventValue.Null),
            "[1, 'a', null]",
            static e => e.EventValue(EventValue.FromArray(1, "a", EventValue.Null))),
        new("object", EventValue.FromArray(1.5, true), "[1.5, true]", static e => e.Object(new object[] { 1.5, true })),
        new(
            "jsonElement",
            JsonElement.Parse("""{"a":[1]}"""),
            "({ a: [1] })",
            static e => e.JsonElement(JsonElement.Parse("""{"a":[1]}"""))),
        new(
            "jsonDocument",
            JsonDocument.Parse("""{"a":[1]}"""),
            "({ a: [1] })",
            static e => e.JsonDocument(JsonDocument.Parse("""{"a":[1]}"""))),
        new(
            "filled",
            new Wishes("ann").Add(7).Add(8),
            "({ owner: 'ann', articles: [7, 8] })",
            static e => e.Filled(new Wishes("ann").Add(7).Add(8)))
        {
            Written = "({ articles: [7, 8], owner: 'ann' })",
        },
        new(
            "endPoint",
            new IPEndPoint(IPAddress.Loopback, 80),
            "'127.0.0.1:80'",
            static e => e.EndPoint(new IPEndPoint(IPAddress.Loopback, 80))),
    ];
}
