using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class EventSizeTests
{
    [Theory]
    [InlineData("[MinLength(4000)] int[] samples", "8156")]
    [InlineData("[MinLength(7850)] string text", "8007")]
    [InlineData("[Length(8000, 8000)] string text", "8157")]
    [InlineData("[StringLength(9000, MinimumLength = 8000)] string text", "8157")]
    public async Task Triggers_if_always_too_long(string parameters, string bytes) => Assert.Equal(
        $"The event 'Sent' always travels as an attachment: it has at least {bytes} bytes, and a notification has fewer than 8000",
        await VerifyAsync("EVB1020", parameters));

    [Theory]
    [InlineData("[MaxLength(16_000)] string text", "with typical values it has 8195 bytes")]
    [InlineData("[Length(1, 3000)] List<int> samples", "with typical values it has 10694 bytes")]
    [InlineData("[MaxLength(4000)] Line[] lines", "with typical values it has")]
    public async Task Triggers_if_likely_too_long(string parameters, string bytes) =>
        Assert.Contains(bytes, await VerifyAsync("EVB1021", parameters));

    [Theory]
    [InlineData("string text", "nothing limits 'text'")]
    [InlineData("[MinLength(3)] string? text", "nothing limits 'text'")]
    [InlineData("[MaxLength] string text", "nothing limits 'text'")]
    [InlineData("[MaxLength(3)] string[] texts, Uri link", "nothing limits 'texts[]', 'link'")]
    [InlineData("Dictionary<int, string> map", "nothing limits 'map', 'map[]'")]
    [InlineData("[MaxLength(3)] Dictionary<string, int> map", "nothing limits 'map'")]
    [InlineData("Order order", "nothing limits 'order.Note', 'order.Lines', 'order.Lines[].Text' and 2 more")]
    [InlineData("Tree tree", "nothing limits 'tree.Next'")]
    [InlineData("Filled filled", "nothing limits 'filled.Names', 'filled.Names[]'")]
    [InlineData("(int, string) pair", "nothing limits 'pair.Item2'")]
    [InlineData("EventValue value", "nothing limits 'value'")]
    [InlineData("Version? version", "nothing limits 'version'")]
    [InlineData("[MaxLength(2000)] string text", "its declared limits allow 12526 bytes")]
    [InlineData("Name name, OrderId id", "nothing limits 'name'")]
    [InlineData("ShortName name, Dictionary<OrderId, OrderId> map", "nothing limits 'map'")]
    [InlineData("LongName text", "its declared limits allow 12526 bytes")]
    public async Task Triggers_if_possibly_too_long(string parameters, string reason) => Assert.Equal(
        $"The event 'Sent' may travel as an attachment, because {reason}; a notification has fewer than 8000 bytes",
        await VerifyAsync("EVB1022", parameters));

    [Theory]
    [InlineData("byte[] bytes", "'bytes'")]
    [InlineData("string text, ReadOnlyMemory<byte> bytes", "'bytes'")]
    [InlineData("Picture picture", "'picture.Pixels'")]
    public async Task Triggers_on_binary(string parameters, string part) => Assert.Equal(
        $"The event 'Sent' always travels as an attachment, because it holds binary: {part}", await VerifyAsync("EVB1023", parameters));

    [Theory]
    [InlineData("")]
    [InlineData("int number, Guid id, DateTimeOffset at, decimal? money")]
    [InlineData("[MaxLength(1200)] string text")]
    [InlineData("[MaxLength(100)] Guid[] ids, Dictionary<DayOfWeek, int> byDay")]
    [InlineData("byte[]? bytes")]
    [InlineData("Sized sized")]
    [InlineData("FilledSized filled")]
    public Task Does_not_trigger_if_it_always_fits(string parameters) => VerifyAsync("none", parameters);

    [Theory]
    [InlineData("IDisposable value")]
    [InlineData("ref string text")]
    public async Task Does_not_trigger_on_invalid_contracts(string parameters)
    {
        var compilation = Analysis.Compile(Source("Sent", parameters), withEventBus: true);

        Assert.Empty(await Analysis.AnalyzeAsync<EventSizeAnalyzer>(compilation));
    }

    [Fact]
    public async Task Inherited_events_are_reported_at_their_declaration() =>
        Assert.Single(await Analysis.VerifyAsync<EventSizeAnalyzer>(
        """
        [BroadcastEvent]
        public interface IRootEvents
        {
            void [|Sent|](string text);
        }

        [BroadcastEvent]
        public interface IChatEvents : IRootEvents;
        """));

    public static TheoryData<AnalyzerOptions, bool> Thresholds => new()
    {
        { Settings.Property("EventBusPayloadThreshold", "600"), true },
        { Settings.Key("eventbus_payload_threshold", "600"), true },
        {
            Settings.Of(new() { ["build_property.EventBusPayloadThreshold"] = "8000" }, new() { ["eventbus_payload_threshold"] = "600" }),
            true
        },
        {
            Settings.Of(new() { ["build_property.EventBusPayloadThreshold"] = "600" }, new() { ["eventbus_payload_threshold"] = "8000" }),
            false
        },
        { Settings.Property("EventBusPayloadThreshold", ""), false },
        { Settings.Property("EventBusPayloadThreshold", "127"), false },
        { Settings.Property("EventBusPayloadThreshold", "8001"), false },
        { Settings.Key("eventbus_payload_threshold", "many"), false },
    };

    [Theory]
    [MemberData(nameof(Thresholds))]
    public async Task Threshold_comes_from_project_or_editorconfig(AnalyzerOptions options, bool triggers)
    {
        var messages = await Analysis.VerifyAsync<EventSizeAnalyzer>(
            Source(triggers ? "[|Sent|]" : "Sent", "[MaxLength(20)] string text"), options);

        const string Message = "The event 'Sent' may travel as an attachment, because its declared limits allow 646 bytes; "
            + "a notification has fewer than 600 bytes";
        Assert.Equal(triggers ? [Message] : [], messages);
    }

    [Fact]
    public void Guessed_sizes_are_reported_as_information()
    {
        Assert.Equal(DiagnosticSeverity.Info, DiagnosticDescriptors.EventLikelyTooLong.DefaultSeverity);
        Assert.Equal(DiagnosticSeverity.Info, DiagnosticDescriptors.EventMaybeTooLong.DefaultSeverity);
        Assert.Equal(DiagnosticSeverity.Info, DiagnosticDescriptors.EventHoldsBinary.DefaultSeverity);
    }

    private static async Task<string?> VerifyAsync(string id, string parameters)
    {
        var compilation = Analysis.Compile(Source("Sent", parameters), withEventBus: true);
        var diagnostic = (await Analysis.AnalyzeAsync<EventSizeAnalyzer>(compilation)).SingleOrDefault();
        Assert.Equal(id, diagnostic?.Id ?? "none");
        return diagnostic?.GetMessage();
    }

    private static string Source(string method, string parameters) =>
        $$"""
        using System.ComponentModel.DataAnnotations;
        using EventBus;
        using EventBus.Serialization;
        [assembly: Formatter(typeof(Version), typeof(VersionText))]

        public struct VersionText : IFormatter<Version>
        {
            public void Write<TWriter>(ref TWriter writer, in Version value) where TWriter : IValueWriter, allows ref struct { }
            public Version Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
        }

        public record Order(Guid Id, string Note, IReadOnlyList<Line> Lines, [MaxLength(4)] List<string> Tags, string? Coupon);
        public record struct Line(int Article, string Text);
        public record Tree([property: MaxLength(3)] string Name, Tree? Next);
        public record Picture([MaxLength(20)] string Name, byte[] Pixels);
        public record Sized([MaxLength(20)] string Name, [property: StringLength(20)] string Other, [MaxLength(2)]
            IReadOnlyList<int> Numbers);

        [SingleValue] public record struct OrderId(Guid Value);
        [SingleValue] public record Name(string Text);
        [SingleValue] public record ShortName([MaxLength(9)] string Text);
        [SingleValue] public record LongName([property: StringLength(2000)] string Text);

        public class Filled { public List<string> Names { get; } = []; }
        public class FilledSized { [MaxLength(100)] public List<int> Numbers { get; } = []; }

        [BroadcastEvent]
        public interface IChatEvents
        {
            void {{method}}({{parameters}});
        }
        """;
}
