using System.Globalization;
using System.Text.Json;
using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>The values of the second table in docs/protocol.md.</summary>
internal static class EdgeValues
{
    private const string InWholeMilliseconds = "a `Date` has whole milliseconds";

    private static readonly DateTime Unspecified = new(2026, 11, 22, 12, 34, 56, DateTimeKind.Unspecified);

    public static IReadOnlyList<EdgeValue> All { get; } =
    [
        new("`-0.0`", "double", static e => e.Double(-0.0)) { Why = "JavaScript writes −0 as `0`" },
        new("`-0.0`, an `object`", "object", static e => e.Object(-0.0)) { Why = "an `EventValue` has no −0" },
        new("`double.NaN`", "double", static e => e.Double(double.NaN)),
        new("`double.PositiveInfinity`", "double", static e => e.Double(double.PositiveInfinity)) { Why = "JSON has no infinity" },
        new("`double.NegativeInfinity`", "double", static e => e.Double(double.NegativeInfinity)) { Why = "JSON has no infinity" },
        new("`0.1f`", "single", static e => e.Single(0.1f)),
        new("`9007199254740993`, a `long`", "int64", static e => e.Int64(9007199254740993)) { Why = "JavaScript has only doubles" },
        new("`2.50`, a `JsonElement`", "jsonElement", static e => e.JsonElement(JsonElement.Parse("2.50")))
        {
            Why = "MessagePack has the number, not its text",
        },
        new("`18446744073709551616`, a `JsonElement`", "jsonElement", static e => e.JsonElement(JsonElement.Parse("18446744073709551616")))
        {
            Why = "[numbers of parsed JSON](#numbers-of-parsed-json)",
        },
        new("`1e400`, a `JsonElement`", "jsonElement", static e => e.JsonElement(JsonElement.Parse("1e400")))
        {
            Why = "[numbers of parsed JSON](#numbers-of-parsed-json)",
        },
        new("a `DateTime` of unspecified kind", "dateTime", static e => e.DateTime(Unspecified)) { Why = "it counts as UTC" },
        new(
            "a `DateTimeOffset` at `+02:00`",
            "dateTimeOffset",
            static e => e.DateTimeOffset(new DateTimeOffset(Unspecified, TimeSpan.FromHours(2))))
        {
            Why = "the offset is not sent",
        },
        new("a time with 7 digits of a second", "dateTime", static e => e.DateTime(Utc(Unspecified.Ticks + 1_234_567)))
        {
            Why = InWholeMilliseconds,
        },
        new("one tick before 1970", "dateTime", static e => e.DateTime(Utc(DateTime.UnixEpoch.Ticks - 1)))
        {
            Why = $"{InWholeMilliseconds}; before 1970 the fraction is cut toward 1970",
        },
        new("`DateTime.MinValue`", "dateTime", static e => e.DateTime(Utc(0))),
        new("`DateTime.MaxValue`", "dateTime", static e => e.DateTime(Utc(DateTime.MaxValue.Ticks)))
        {
            Why = "a `Date` rounds the last 16 microseconds of the year 9999 up, and .NET has no year 10000",
        },
        new("`\"\\ud800\"`, half a surrogate pair", "text", static e => e.Text("\ud800")) { Why = "UTF-8 cannot encode it" },
        new(
            "the keys `\"2\"` and `\"1\"`, in this order",
            "orderedDictionary",
            static e => e.OrderedDictionary(new() { ["2"] = 2, ["1"] = 1 }))
        {
            Why = "an object of JavaScript sorts keys that are integers",
        },
        new("the key `\"__proto__\"`", "dictionary", static e => e.Dictionary(new() { ["__proto__"] = 1 }))
        {
            Why = "the decoder throws, so the server drops the event",
        },
        new("100 arrays in each other", "object", static e => e.Object(Nested(100)))
        {
            Why = "the encoder throws at more than 100 levels, those of the message included",
        },
        new("129 arrays in each other", "object", static e => e.Object(Nested(129))) { Why = "a value nests at most 128 deep" },
    ];

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private static object Nested(int depth)
    {
        object value = Array.Empty<object>();
        for (var level = 1; level < depth; level++)
            value = new[] { value };
        return value;
    }

    /// <summary>A received value, as text of the page.</summary>
    public static string Show(object? value) => value switch
    {
        DateTime time => $"`{time:O}`",
        DateTimeOffset time => $"`{time:O}`",
        double number => $"`{number.ToString("R", CultureInfo.InvariantCulture)}`",
        JsonElement json => $"`{json.GetRawText()}`",
        string text => $"`\"{text}\"`",
        IEnumerable<KeyValuePair<string, int>> pairs => string.Join(", ", pairs.Select(static pair => $"`\"{pair.Key}\"`")),
        EventValue { Kind: EventValueKind.Array } array => string.Create(CultureInfo.InvariantCulture, $"{Depth(array)} arrays"),
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static int Depth(EventValue value) => 1 + (value.Items.Count == 0 ? 0 : Depth(value.Items[0]));
}
