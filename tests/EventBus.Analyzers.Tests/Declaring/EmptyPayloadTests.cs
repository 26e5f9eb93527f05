using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class EmptyPayloadTests
{
    [Theory]
    [InlineData("Nothing")]
    [InlineData("Nothing?")]
    [InlineData("NothingStruct")]
    [InlineData("NothingStruct?")]
    [InlineData("List<Nothing>")]
    [InlineData("Dictionary<string, Nothing[]>")]
    [InlineData("(int, Nothing)")]
    [InlineData("Holder")]
    [InlineData("Generic<int>")]
    [InlineData("PrivateState")]
    [InlineData("InternalProperty")]
    [InlineData("ComputedOnly")]
    [InlineData("AllIgnored")]
    [InlineData("AllOptional")]
    [InlineData("DerivedOfNothing")]
    [InlineData("CommandWithLoss")]
    [InlineData("Both")]
    [InlineData("BothStructs")]
    [InlineData("Vogen")]
    public Task Triggers(string type) => Analysis.VerifyAsync<EmptyPayloadAnalyzer>($$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{type}} [|value|]); }
        {{Types}}
        """);

    [Theory]
    [InlineData("int")]
    [InlineData("object")]
    [InlineData("DayOfWeek")]
    [InlineData("List<string>")]
    [InlineData("Good")]
    [InlineData("Generic<int>.Inner")]
    [InlineData("JsonIncluded")]
    [InlineData("Formatted")]
    [InlineData("Command")]
    [InlineData("IMarkers")]
    [InlineData("Marker")]
    [InlineData("MarkerStruct")]
    [InlineData("List<Marker?>")]
    [InlineData("DerivedOfGood")]
    [InlineData("Omitted")]
    public Task Does_not_trigger(string type) => Analysis.VerifyAsync<EmptyPayloadAnalyzer>($$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{type}} value); }
        {{Types}}
        """);

    [Fact]
    public async Task Message_names_the_path_the_event_and_the_type()
    {
        var messages = await Analysis.VerifyAsync<EmptyPayloadAnalyzer>("""
            [BroadcastEvent] public interface IShopEvents { void Placed(Order [|order|]); }
            public record Order(Bag[] Bags);
            public class Bag { private readonly Dictionary<string, string> _values = []; }
            """);

        Assert.Equal(
            "'order.Bags[]' of the event 'IShopEvents.Placed' is sent without any value, because no member of its type 'Bag' is written; "
                + "declare public properties, add a [Formatter], or mark the type with [EmptyPayload] if it has no state",
            Assert.Single(messages));
    }

    [Fact]
    public async Task Message_names_the_remedies_of_a_case()
    {
        var messages = await Analysis.VerifyAsync<EmptyPayloadAnalyzer>("""
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IShopEvents { void Changed(Change [|change|]); }
            [JsonDerivedType(typeof(Cancelled), 1), JsonDerivedType(typeof(Cached), 2)] public abstract record Change;
            public record Cancelled : Change { private string _reason = ""; }
            public record Cached : Change { [JsonIgnore] private object? _cache; }
            """);

        Assert.Equal(
            "'(change as Cancelled)' of the event 'IShopEvents.Changed' is sent with its discriminator only, because no member of its type "
                + "'Cancelled' is written; declare public properties, or mark each field that is not for receivers with [JsonIgnore]",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("Pulse [|pulse|]", "'pulse'")]
    [InlineData("List<Pulse> [|pulses|]", "'pulses[]'")]
    [InlineData("Beat [|beat|]", "'(beat as Pulse)'")]
    [InlineData("(Beat, Pulse) [|both|]", "'(both.Item1 as Pulse)'")]
    public async Task Triggers_on_a_mark_of_a_type_with_members(string parameter, string path)
    {
        var messages = await Analysis.VerifyAsync<EmptyPayloadAnalyzer>($$"""
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IHealth { void Alive({{parameter}}); }
            [JsonDerivedType(typeof(Pulse), 1)] public abstract record Beat;
            [EmptyPayload] public record Pulse(int Rate) : Beat;
            """);

        Assert.Equal(
            $"{path} of the event 'IHealth.Alive' has members, but its type 'Pulse' is marked with [EmptyPayload]; remove the attribute",
            Assert.Single(messages));
    }

    [Fact]
    public async Task Triggers_on_an_ack_at_the_event()
    {
        var messages = await Analysis.VerifyAsync<EmptyPayloadAnalyzer>("""
            [BroadcastEvent] public interface IShopEvents { Task<Receipt> [|Placed|](int id); }
            public class Receipt { internal int Number { get; set; } }
            """);

        Assert.StartsWith("'ack' of the event 'IShopEvents.Placed' is sent without any value", Assert.Single(messages));
    }

    [Fact]
    public async Task Triggers_on_a_parameter_with_a_formatter_of_a_member_only() =>
        Assert.Single(await Analysis.VerifyAsync<EmptyPayloadAnalyzer>("""
            using EventBus.Serialization;
            [BroadcastEvent] public interface IShopEvents
            {
                void Counted(Inner [|inner|]);
                void Formatted([Formatter(typeof(InnerFormatter))] Inner inner);
                void Held(Holder holder);
            }
            public class Inner { internal int Id { get; set; } }
            public record Holder([property: Formatter(typeof(InnerFormatter))] Inner Inner);
            public struct InnerFormatter : IFormatter<Inner>
            {
                public void Write<TWriter>(ref TWriter writer, in Inner value) where TWriter : IValueWriter, allows ref struct { }
                public Inner Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => new();
            }
            """));

    [Theory]
    [InlineData("public class Line { internal int Id { get; set; } }", 1)]
    [InlineData("public class Line { public int Id { get; set; } }", 0)]
    [InlineData("[EventBus.EmptyPayload] public class Line;", 0)]
    [InlineData(Case + "public struct Stop : Line { [JsonIgnore] public object? Cache { get; set; } }", 0)]
    [InlineData(Case + "public struct Stop : Line { public event System.Action? Stopped; }", 0)]
    [InlineData(Case + "public struct Stop : Line { internal int Id { get; set; } }", 1)]
    [InlineData(Case + "public struct Stop : Line { private int _id; public int Next() => ++_id; }", 1)]
    public async Task Triggers_on_a_type_of_another_assembly_with_internal_properties(string payload, int count)
    {
        var compilation = Analysis.Compile(
            "using EventBus;\n[BroadcastEvent] public interface IShopEvents { void Placed(Line line); }",
            withEventBus: true,
            Metadata(payload));

        Assert.Equal(count, (await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation)).Length);
    }

    // Both assemblies have formatters for the event, but only the first one sees the members.
    [Fact]
    public async Task Triggers_on_an_inherited_event_of_another_assembly_at_the_contract()
    {
        const string Inherited = """
            using EventBus; using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IStockEvents { System.Threading.Tasks.Task<Line> Counted(Line[] lines, Good good); }
            public class Line { [JsonInclude] internal int Id { get; set; } }
            public class Good { public int Id { get; set; } }
            """;
        var compilation = Analysis.Compile(
            """
            using EventBus;
            [BroadcastEvent] public interface IShopEvents : IStockEvents;
            [BroadcastEvent] public interface ISame : IOwn;
            [BroadcastEvent] public interface IOwn { void Sent(Empty empty); }
            public class Empty;
            """,
            withEventBus: true,
            Metadata(Inherited));

        var diagnostics = await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation);

        Assert.Equal(
            [("IShopEvents", "'lines[]' of the event 'IStockEvents.Counted'"), ("IShopEvents", "'ack' of the event 'IStockEvents.Counted'"),
                ("empty", "'empty' of the event 'IOwn.Sent'")],
            diagnostics.Select(static diagnostic => (
                diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan),
                diagnostic.GetMessage().Split(" is sent")[0])));
    }

    [Fact]
    public async Task Does_not_trigger_on_members_in_a_checked_in_generated_file()
    {
        var compilation = Analysis.Compile(
            [
                "using EventBus;\n[BroadcastEvent] public interface IShopEvents { void Placed(Order order); }\npublic partial class Order;",
                "// <auto-generated/>\npublic partial class Order { public int Id { get; set; } }",
            ],
            OutputKind.DynamicallyLinkedLibrary);

        Assert.Empty(await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation));
    }

    private const string Case =
        "using System.Text.Json.Serialization; [JsonDerivedType(typeof(Stop), \"stop\")] public interface Line; ";

    private static PortableExecutableReference Metadata(string source)
    {
        using var image = new MemoryStream();
        var result = Analysis.Compile(source, withEventBus: true).WithAssemblyName("Payloads")
            .Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: false));
        Assert.True(result.Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private const string Types = """
        public record Nothing;
        public struct NothingStruct;
        public record Holder(int Id, Nothing Nothing);
        public class Generic<T> { private T? _value; public class Inner { public T? Value { get; set; } } }
        public class PrivateState { private readonly List<string> _values = []; public void Add(string value) => _values.Add(value); }
        public class InternalProperty { internal int Id { get; set; } }
        public class ComputedOnly { public int Id => 1; }
        public class AllIgnored { [JsonIgnore] public int Id { get; set; } }
        [DataContract] public class AllOptional { public int Id { get; set; } }
        public record DerivedOfNothing : Nothing;
        public readonly struct Vogen
        {
            private readonly Guid _value;
            private Vogen(Guid value) => _value = value;
            public Guid Value => _value;
        }

        [JsonDerivedType(typeof(Stop), "stop"), JsonDerivedType(typeof(Move), "move")] public abstract record Command;
        public record Stop : Command { [JsonIgnore] public object? Cache { get; set; } public event Action? Stopped; }
        public record Move(int X) : Command;
        public record Both(Command Command, Stop Stop);
        [JsonDerivedType(typeof(Lost), "lost")] public abstract record CommandWithLoss;
        public record Lost : CommandWithLoss { internal int X { get; set; } }
        [JsonDerivedType(typeof(MarkerCase), 1)] public interface IMarkers;
        public struct MarkerCase : IMarkers;
        #nullable disable
        public record BothStructs(IMarkers Case, MarkerCase Alone);
        #nullable restore

        public class Good { public int Id { get; set; } }
        public class DerivedOfGood : Good;
        public class JsonIncluded { [JsonInclude] private int Id { get; set; } }
        public class Omitted { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Text { get; set; } }
        [EmptyPayload] public record Marker;
        [EmptyPayload] public struct MarkerStruct;
        [Formatter(typeof(OwnFormatter))] public class Formatted;
        public struct OwnFormatter : IFormatter<Formatted>
        {
            public void Write<TWriter>(ref TWriter writer, in Formatted value) where TWriter : IValueWriter, allows ref struct { }
            public Formatted Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => new();
        }
        """;
}
