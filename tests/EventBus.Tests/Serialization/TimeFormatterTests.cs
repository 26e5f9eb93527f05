using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class TimeFormatterTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, 250, DateTimeKind.Utc);

    [Fact]
    public void Points_in_time_are_read_as_UTC()
    {
        const string Json = "\"2024-02-29T12:00:00.250Z\"";
        const string Hex = "d7ff3b9aca0065e071c0";
        RoundTrip.Holds<DateTime, DateTimeFormatter>(Noon, Json, Hex);
        RoundTrip.Holds<DateTimeOffset, DateTimeOffsetFormatter>(new DateTimeOffset(Noon), Json, Hex);
        Assert.Equal(
            Json,
            Encoded.Json((ref w) => default(DateTimeFormatter).Write(ref w, DateTime.SpecifyKind(Noon, DateTimeKind.Unspecified))));
        Assert.Equal(Json, Encoded.Json((ref w) => default(DateTimeFormatter).Write(ref w, Noon.ToLocalTime())));
        Assert.Equal(
            Json,
            Encoded.Json(
                (ref w) => default(DateTimeOffsetFormatter).Write(ref w, new DateTimeOffset(Noon).ToOffset(TimeSpan.FromHours(-9)))));
        Assert.Equal(DateTimeKind.Utc, Encoded.FromJson(Json, (ref r) => default(DateTimeFormatter).Read(ref r)).Kind);
        Assert.Equal(DateTimeKind.Utc, Encoded.FromHex(Hex, (ref r) => default(DateTimeFormatter).Read(ref r)).Kind);
        Assert.Equal(
            TimeSpan.Zero, Encoded.FromJson("\"2024-02-29T12:00:00+02:00\"",
            (ref r) => default(DateTimeOffsetFormatter).Read(ref r)).Offset);
    }

    [Theory]
    [InlineData("2024-02-29T12:00:00.250Z")]
    [InlineData("2024-02-29T12:00:00.250")]
    [InlineData("2024-02-29T12:00:00.25z")]
    [InlineData("2024-02-29t13:30:00.2500000999+01:30")]
    [InlineData("2024-02-28T12:15:00.250-2345")]
    [InlineData("2024-02-29 14:00:00.250+02")]
    public void ReadTimestamp_accepts_any_ISO_text(string text) =>
        RoundTrip.Reads<DateTime, DateTimeFormatter>(Noon, $"\"{text}\"", RoundTrip.Text(text));

    [Theory]
    [InlineData("2024-02-29", 0)]
    [InlineData("2024-02-29T05:07", 307)]
    [InlineData("2024-02-29T05:07+05:07", 0)]
    public void ReadTimestamp_accepts_missing_seconds_and_time(string text, int minutes) =>
        RoundTrip.Reads<DateTime, DateTimeFormatter>(Noon.Date.AddMinutes(minutes), $"\"{text}\"", RoundTrip.Text(text));

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2023-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("2024-02-29T")]
    [InlineData("2024-02-29T24:00")]
    [InlineData("2024-02-29T12:60")]
    [InlineData("2024-02-29T12:00:60")]
    [InlineData("2024-02-29T12:00:00.")]
    [InlineData("2024-02-29T12:00:00+")]
    [InlineData("2024-02-29T12:00:00+05:")]
    [InlineData("2024-02-29T12:00:00+24:00")]
    [InlineData("2024-02-29T12:00:00Zx")]
    [InlineData("+012024-02-29T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    public void ReadTimestamp_rejects_other_text(string text) =>
        RoundTrip.Refuses<DateTime, DateTimeFormatter>(
            $"\"{text}\"", RoundTrip.Text(text), "The text is not an ISO 8601 point in time between the years 1 and 9999.");

    [Theory]
    [InlineData("c70cff3b9aca00" + "0000000000000000")]
    [InlineData("c70cff00000000" + "fffffff1886e08ff")]
    [InlineData("c70cff00000000" + "0000003afff44180")]
    [InlineData("c70cff00000000" + "8000000000000000")]
    [InlineData("c70cff00000000" + "7fffffffffffffff")]
    [InlineData("d7ffffffffff00000000")]
    [InlineData("d4ff00")]
    [InlineData("c700ff")]
    [InlineData("c705ff0000000000")]
    public void ReadTimestamp_rejects_malformed_and_unreachable_times(string hex)
    {
        var exception = Assert.Throws<EventSerializationException>(() => Encoded.FromHex(hex, (ref r) => r.ReadTimestamp()));
        Assert.Equal("The timestamp is malformed, or not between the years 1 and 9999.", exception.Message);
        Assert.Throws<EventSerializationException>(() => Encoded.FromHex(hex, (ref r) =>
        {
            r.Skip();
            return 0;
        }));
    }

    [Fact]
    public void DateOnly_is_text()
    {
        RoundTrip.Holds<DateOnly, DateOnlyFormatter>(new DateOnly(2024, 2, 29), "\"2024-02-29\"", RoundTrip.Text("2024-02-29"));
        RoundTrip.Holds<DateOnly, DateOnlyFormatter>(DateOnly.MinValue, "\"0001-01-01\"", RoundTrip.Text("0001-01-01"));
        RoundTrip.Refuses<DateOnly, DateOnlyFormatter>(
            "\"2023-02-29\"", RoundTrip.Text("2023-02-29"), "The text is not a date like 2024-12-31.");
    }

    [Fact]
    public void TimeOnly_is_text()
    {
        RoundTrip.Holds<TimeOnly, TimeOnlyFormatter>(new TimeOnly(12, 34, 56), "\"12:34:56\"", RoundTrip.Text("12:34:56"));
        RoundTrip.Holds<TimeOnly, TimeOnlyFormatter>(TimeOnly.MaxValue, "\"23:59:59.9999999\"", RoundTrip.Text("23:59:59.9999999"));
        RoundTrip.Holds<TimeOnly, TimeOnlyFormatter>(
            new TimeOnly(0, 0, 0, 250), "\"00:00:00.2500000\"", RoundTrip.Text("00:00:00.2500000"));
        RoundTrip.Reads<TimeOnly, TimeOnlyFormatter>(new TimeOnly(0, 0, 0, 250), "\"00:00:00.25\"", RoundTrip.Text("00:00:00.25"));
        RoundTrip.Refuses<TimeOnly, TimeOnlyFormatter>(
            "\"24:00:00\"", RoundTrip.Text("24:00:00"), "The text is not a time like 12:34:56 or 12:34:56.0000007.");
    }

    [Fact]
    public void TimeSpan_is_text()
    {
        foreach (var text in new[] { "00:00:00", "1.02:03:04.0000005", "-00:00:01", "10675199.02:48:05.4775807" })
            RoundTrip.Holds<TimeSpan, TimeSpanFormatter>(
                TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture), $"\"{text}\"", RoundTrip.Text(text));
        RoundTrip.Refuses<TimeSpan, TimeSpanFormatter>(
            "\"1h\"", RoundTrip.Text("1h"), "The text is not a time span like 1.02:03:04.0000005.");
    }
}
