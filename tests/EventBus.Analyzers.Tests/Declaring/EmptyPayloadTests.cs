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
    [InlineData("CommandWithHiddenState")]
    [InlineData("PrivateValue")]
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
    [InlineData("CommandWithIgnoredOverride")]
    [InlineData("CommandWithComputedOverride")]
    [InlineData("CommandWithIgnoredNewMember")]
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

    [Theory]
    [InlineData("public struct Unit { public static readonly Unit Value; }", 0)]
    [InlineData("public readonly record struct Unit;", 0)]
    [InlineData("public class Unit { public static readonly Unit Value = new(); }", 1)]
    [InlineData("public struct Unit { private int _id; public int Next() => ++_id; }", 1)]
    public async Task Triggers_on_an_ack_of_another_assembly_if_it_may_have_state(string payload, int count)
    {
        foreach (var library in BothReferences(payload))
        {
            var compilation = Analysis.Compile(
                "using EventBus;\n[BroadcastEvent] public interface IShopEvents { Task<Unit> Placed(int id); }",
                withEventBus: true,
                library);

            Assert.Equal(count, (await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation)).Length);
        }
    }

    // The other assembly reports them, and may have suppressed the report.
    [Fact]
    public async Task Does_not_trigger_on_an_inherited_event_of_another_assembly()
    {
        const string Inherited = """
            using EventBus;
            [BroadcastEvent] public interface IStockEvents { System.Threading.Tasks.Task<Line> Counted(Line[] lines); }
            public class Line { internal int Id { get; set; } }
            """;
        foreach (var library in BothReferences(Inherited))
        {
            var compilation = Analysis.Compile(
                """
                using EventBus;
                [BroadcastEvent] public interface IShopEvents : IStockEvents;
                [BroadcastEvent] public interface ISame : IOwn;
                [BroadcastEvent] public interface IOwn { void Sent(Empty empty); }
                public class Empty;
                """,
                withEventBus: true,
                library);

            var diagnostic = Assert.Single(await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation));
            Assert.StartsWith("'empty' of the event 'IOwn.Sent'", diagnostic.GetMessage(), StringComparison.Ordinal);
        }
    }

    // An editor references the source of a project, and a build its assembly. Both must report the same.
    [Theory]
    [InlineData("", 0)]
    [InlineData(" { private int _own; }", 1)]
    public async Task Triggers_on_a_case_only_if_a_class_of_this_assembly_has_state(string body, int count)
    {
        foreach (var library in BothReferences("public abstract class Change { private int _id; public int Next() => ++_id; }"))
        {
            var compilation = Analysis.Compile(
                $$"""
                using EventBus; using System.Text.Json.Serialization;
                [BroadcastEvent] public interface IShopEvents { void Placed(Line line); }
                [JsonDerivedType(typeof(Stop), "stop")] public abstract class Line : Change;
                public class Stop : Line{{(body.Length == 0 ? ";" : body)}}
                """,
                withEventBus: true,
                library);

            Assert.Equal(count, (await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation)).Length);
        }
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

    private static IEnumerable<MetadataReference> BothReferences(string source) =>
        [Metadata(source), Analysis.Compile(source, withEventBus: true).WithAssemblyName("Payloads").ToMetadataReference()];

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
        public readonly struct PrivateValue
        {
            private readonly Guid _value;
            private PrivateValue(Guid value) => _value = value;
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

        [JsonDerivedType(typeof(IgnoredOverride), 1)]
        public abstract class CommandWithIgnoredOverride { public virtual int Id { get; set; } }
        public class IgnoredOverride : CommandWithIgnoredOverride { [JsonIgnore] public override int Id { get; set; } }
        [JsonDerivedType(typeof(ComputedOverride), 1)] public abstract class CommandWithComputedOverride { public virtual int Id { get; } }
        public class ComputedOverride : CommandWithComputedOverride { public override int Id => 1; }
        [JsonDerivedType(typeof(IgnoredNewMember), 1)] public abstract class CommandWithIgnoredNewMember { public int Id { get; set; } }
        public class IgnoredNewMember : CommandWithIgnoredNewMember { [JsonIgnore] public new int Id => 1; }
        [JsonDerivedType(typeof(HiddenState), 1)] public abstract class CommandWithHiddenState { public int Id { get; set; } }
        public class HiddenState : CommandWithHiddenState { public new int Id => 1; }

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
