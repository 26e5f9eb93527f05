using System.Text;
using System.Text.Json;

namespace EventBus.Tests.Wire;

/// <summary>The captured messages of the reference packages, from <c>Wire/Golden</c>.</summary>
public static class GoldenVectors
{
    // One of them nests 120 objects, and its file contains it in two nested forms.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private static readonly string[] Files =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden"), "*.json").Order(StringComparer.Ordinal)];

    private static readonly Dictionary<string, GoldenMessage> ById = Files.SelectMany(Read).ToDictionary(message => message.Id);

    public static IEnumerable<GoldenMessage> All => ById.Values.OrderBy(message => message.Id, StringComparer.Ordinal);

    /// <summary>Every captured message that can be decoded whole.</summary>
    public static TheoryData<string> Whole => [.. All.Where(IsWhole).Select(message => message.Id)];

    /// <summary>The names of the captures without a message.</summary>
    public static IEnumerable<string> Silent =>
        Files.Where(path => !Read(path).Any()).Select(path => Path.GetFileNameWithoutExtension(path));

    public static GoldenMessage Get(string id) => ById[id];

    // The attachment of header 104 was not captured.
    private static bool IsWhole(GoldenMessage message) =>
        message.Attachment is not null || !message.Payload.AsSpan().StartsWith("{\"uid\""u8);

    public static JsonElement Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Deep).RootElement;

    private static IEnumerable<GoldenMessage> Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var index = 0;
        foreach (var message in Parse(File.ReadAllBytes(path)).GetProperty("messages").EnumerateArray())
        {
            var hasAttachment = message.TryGetProperty("attachment", out var attachment) && attachment.ValueKind is JsonValueKind.Object;
            yield return new GoldenMessage(
                $"{name}#{index++}",
                message.GetProperty("channel").GetString()!,
                Encoding.UTF8.GetBytes(message.GetProperty("payload").GetString()!),
                hasAttachment ? Convert.FromHexString(attachment.GetProperty("hex").GetString()!) : null,
                hasAttachment ? attachment.GetProperty("decoded") : default);
        }
    }
}
