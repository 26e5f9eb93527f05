using System.Text;
using System.Text.Json;
using EventBus.ConformanceNode.Values;

namespace EventBus.InteropTests.Conformance;

/// <summary>Values that the conformance node reads and prints.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[0,-1,9223372036854775807,-9223372036854775808,18446744073709551615]")]
    [InlineData("[1.5,1E+300]")]
    [InlineData("""{"a":[{"é茶":""}],"b":{}}""")]
    [InlineData("""{"$bin":"00ff"}""")]
    [InlineData("""[{"$bin":""},{"$bin":"00","x":1},{"$bin":7}]""")]
    public void Values_survive_a_round_trip(string json) => Assert.Equal(json, Print(Read(json)));

    [Fact]
    public void Binary_is_read_from_hex() => Assert.Equal([0, 255], Read("""{"$bin":"00FF"}""").GetBinary().ToArray());

    [Theory]
    [InlineData("0.1", EventValueKind.Float)]
    [InlineData("1e2", EventValueKind.Integer)]
    [InlineData("18446744073709551616", EventValueKind.Float)]
    public void Numbers_keep_their_kind(string json, EventValueKind kind) => Assert.Equal(kind, Read(json).Kind);

    [Fact]
    public void Binary_that_is_not_hex_is_rejected() => Assert.Throws<ArgumentException>(() => Read("""{"$bin":"0g"}"""));

    [Fact]
    public void Lone_surrogates_are_read_unchanged()
    {
        Assert.Equal("a\ud800\"", Read("""  "a\ud800\""  """).GetString());
        Assert.Equal("\udc00\n", Read("""{"\udc00\n":1}""").Members[0].Key);
    }

    [Fact]
    public void Values_without_a_JSON_form_are_printed_as_specified()
    {
        Assert.Equal("null", Print(double.NaN));
        Assert.Equal("null", Print(double.NegativeInfinity));
        Assert.Equal("\"2026-02-03T04:05:06.700Z\"", Print(new DateTime(2026, 2, 3, 4, 5, 6, 700, DateTimeKind.Utc)));
    }

    private static EventValue Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonValues.Read(document.RootElement);
    }

    private static string Print(EventValue value)
    {
        var buffer = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
            JsonValues.Write(json, value);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
