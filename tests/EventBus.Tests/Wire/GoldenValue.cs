using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EventBus.Serialization;

namespace EventBus.Tests.Wire;

/// <summary>Compares encoded values with the values that the reference decoded: JSON, with tags for values without a JSON form.</summary>
internal static partial class GoldenValue
{
    public static void AssertEqual(JsonElement expected, EncodedValue actual)
    {
        if (actual.Encoding is ValueEncoding.Json)
        {
            var reader = new JsonValueReader(actual.Bytes.Span);
            AssertEqual(expected, ref reader);
            reader.EnsureEnd();
        }
        else
        {
            var reader = new MessagePackValueReader(actual.Bytes.Span);
            AssertEqual(expected, ref reader);
            reader.EnsureEnd();
        }
    }

    public static void AssertText(JsonElement expected, string actual)
    {
        var text = Text(expected);
        if (CutText().Match(text) is not { Success: true } cut)
        {
            Assert.Equal(text, actual);
            return;
        }

        Assert.StartsWith(cut.Groups["start"].Value, actual, StringComparison.Ordinal);
        Assert.Equal(int.Parse(cut.Groups["length"].Value, CultureInfo.InvariantCulture), actual.Length);
    }

    private static void AssertEqual<TReader>(JsonElement expected, ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.True(reader.TryReadNull());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), reader.ReadBoolean());
                break;
            case JsonValueKind.Number when reader.Kind is ValueKind.Integer:
                Assert.Equal(expected.GetRawText(), reader.ReadInt64().ToString(CultureInfo.InvariantCulture));
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetDouble(), reader.ReadDouble());
                break;
            case JsonValueKind.String:
                AssertText(expected, reader.ReadString());
                break;
            case JsonValueKind.Array:
                AssertArray(expected, ref reader);
                break;
            case JsonValueKind.Object when expected.TryGetProperty("$", out var tag):
                AssertTagged(expected, tag.GetString()!, ref reader);
                break;
            default:
                AssertMap(expected, ref reader);
                break;
        }
    }

    private static void AssertArray<TReader>(JsonElement expected, ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginArray();
        foreach (var element in expected.EnumerateArray())
        {
            Assert.True(reader.MoveNext(ref cursor));
            AssertEqual(element, ref reader);
        }

        Assert.False(reader.MoveNext(ref cursor));
    }

    private static void AssertMap<TReader>(JsonElement expected, ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginMap();
        foreach (var member in expected.EnumerateObject())
        {
            Assert.True(reader.MoveNext(ref cursor));
            Assert.Equal(member.Name, System.Text.Encoding.UTF8.GetString(reader.ReadKey()));
            AssertEqual(member.Value, ref reader);
        }

        Assert.False(reader.MoveNext(ref cursor));
    }

    private static void AssertTagged<TReader>(JsonElement expected, string tag, ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        switch (tag)
        {
            case "bin":
                Assert.Equal(expected.GetProperty("hex").GetString(), Convert.ToHexStringLower(reader.ReadBinary()));
                break;
            case "date":
                Assert.Equal(
                    DateTime.Parse(expected.GetProperty("v").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
                    reader.ReadTimestamp());
                break;
            case "undefined":
                Assert.True(reader.TryReadNull());
                break;
            case "NaN" or "Infinity" or "-Infinity":
                Assert.Equal(double.Parse(tag, CultureInfo.InvariantCulture), reader.ReadDouble());
                break;
            default:
                Assert.Fail($"Unknown tag {tag}.");
                break;
        }
    }

    /// <summary>Returns the text with U+FFFD for lone surrogates, which .NET's JSON reader rejects.</summary>
    private static string Text(JsonElement text)
    {
        var escaped = LoneSurrogate().Replace(text.GetRawText(), "\\ufffd");
        return JsonSerializer.Deserialize<string>(escaped)!;
    }

    [GeneratedRegex(@"(?<!\\)(\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])|(?<!\\ud[89ab][0-9a-f]{2})\\ud[c-f][0-9a-f]{2})", RegexOptions.IgnoreCase)]
    private static partial Regex LoneSurrogate();

    [GeneratedRegex(@"^(?<start>.{40})…\((?<length>\d+) chars\)$", RegexOptions.Singleline)]
    private static partial Regex CutText();
}
