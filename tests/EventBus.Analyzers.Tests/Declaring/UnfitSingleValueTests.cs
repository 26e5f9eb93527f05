using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnfitSingleValueTests
{
    private const string OneValue = "a type with [SingleValue] must have one value, but has";

    private const string Packages = """
        namespace Vogen { public class ValueObjectAttribute<T> : System.Attribute; }
        namespace StronglyTypedIds
        {
            public enum Template { Guid, Int, String, Long }
            [System.Diagnostics.Conditional("STRONGLY_TYPED_ID_USAGES")] public sealed class StronglyTypedIdAttribute : System.Attribute
            {
                public StronglyTypedIdAttribute(Template template, params string[] templateNames) { }
                public StronglyTypedIdAttribute(params string[] templateNames) { }
            }
        }
        """;

    [Theory]
    [InlineData("public record struct Id(int Value, int Other);", $"{OneValue} 'Value', 'Other'; mark the others with [JsonIgnore]")]
    [InlineData("public struct Id { private int _a; private int _b; public int Value => _a + _b; }", $"{OneValue} '_a', '_b'; mark the")]
    [InlineData("public class Id(int value) { public int Value => 1; public bool IsSet => value > 0; }", $"{OneValue} 'Value', 'IsSet'")]
    [InlineData("public class Id(int value) { private int _value = value; }", "must have a public property or field with its value")]
    [InlineData("public class Id { public int Value { get; set; } }", "a static method 'From', with one parameter of type 'int'")]
    [InlineData("public class Id { private Id(int value) => Value = value; public int Value { get; } }", "must have a constructor that")]
    [InlineData(
        "public class Id { private Id(int value) => Value = value; public int Value { get; } "
            + "public static Id Of(int value) => new(value); public static Id New(int value) => new(value); }",
        "generated code cannot choose between 'Of', 'New'; name one of them 'From'")]
    [InlineData("public abstract record Id(int Value);", "must not be abstract, static or a ref struct")]
    [InlineData("public record struct Id(int? Value);", "its value of type 'int?' is not a text")]
    [InlineData("public record struct Id(string? Value);", "its value of type 'string?' is not a text")]
    [InlineData("public class Id(Id value) { public Id Value { get; } = value; }", "its value of type 'Id' is not a text")]
    [InlineData("public record struct Id(object Value);", "its value of type 'object' is not a text")]
    [InlineData("public record struct Id(EventValue Value);", "its value of type 'EventValue' is not a text")]
    [InlineData("public record struct Id(int[] Value);", "its value of type 'int[]' is not a text")]
    [InlineData("public class Id(List<Id> value) { public List<Id> Value { get; } = value; }", "its value of type 'List<Id>' is not")]
    public async Task Triggers(string id, string message)
    {
        foreach (var parameter in new[] { "Id [|value|]", "List<Id?> [|value|]", "Dictionary<Id, int> [|value|]" })
        {
            var messages = await Analysis.VerifyAsync<UnfitSingleValueAnalyzer>($$"""
                [BroadcastEvent] public interface IShopEvents { void Placed({{parameter}}); }
                [SingleValue] {{id}}
                """);

            Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("public record struct Id(int Value);")]
    [InlineData("public record Id(string Value) { public bool IsLong => Value.Length > 9; public static Id Empty { get; } = new(\"\"); }")]
    [InlineData("public struct Id(Guid value) { private readonly Guid _value = value; public readonly Guid Value => _value; }")]
    [InlineData("public struct Id { public int Value; public Id(in int value) => Value = value; }")]
    [InlineData("public class Id { internal Id(byte[] value) => Value = value; public byte[] Value { get; } }")]
    [InlineData("public record Id(int Value) { [System.Text.Json.Serialization.JsonIgnore] public int Cache { get; set; } }")]
    [InlineData("public record struct Id(DayOfWeek Value);")]
    [InlineData("public record struct Id(ReadOnlyMemory<byte> Value);")]
    [InlineData(
        "public class Id { private Id(int value) => Value = value; public int Value { get; } "
            + "public static Id From(int value) => new(value); public static Id Create(int value) => new(value); }")]
    public Task Does_not_trigger(string id) => Analysis.VerifyAsync<UnfitSingleValueAnalyzer>(
        $"[BroadcastEvent] public interface IShopEvents {{ void Placed(Id value); }}\n[SingleValue] {id}");

    [Fact]
    public async Task Triggers_on_a_template_of_your_own()
    {
        var messages = await Analysis.VerifyAsync<UnfitSingleValueAnalyzer>($$"""
            using StronglyTypedIds;
            [BroadcastEvent] public interface IShopEvents { void Placed(Id [|id|], Other other); }
            [StronglyTypedId("newid-full")] public partial struct Id;
            [StronglyTypedId(Template.Int, "int-full")] public partial struct Other;
            {{Packages}}
            """);

        Assert.EndsWith(
            "'id' is of type 'Id': the type of its value is not known from the template 'newid-full' of its [StronglyTypedId]; "
                + "add a [Formatter]",
            Assert.Single(messages));
    }

    // StronglyTypedId's attribute is conditional, so it is not in the assembly of the project that uses it.
    [Theory]
    [InlineData("", 1)]
    [InlineData("[assembly: EventBus.SingleValue(typeof(Id))]", 0)]
    public async Task Triggers_on_an_id_of_another_assembly_without_its_attribute(string mark, int count)
    {
        const string Source = """
            using System.Text.Json; using System.Text.Json.Serialization;
            [StronglyTypedIds.StronglyTypedId(StronglyTypedIds.Template.Int)]
            [JsonConverter(typeof(IdSystemTextJsonConverter))]
            public readonly struct Id(int value)
            {
                public int Value { get; } = value;
                public class IdSystemTextJsonConverter : JsonConverter<Id>
                {
                    public override Id Read(ref Utf8JsonReader reader, System.Type type, JsonSerializerOptions options) => default;
                    public override void Write(Utf8JsonWriter writer, Id value, JsonSerializerOptions options) { }
                }
            }
            """;
        var library = Analysis.Compile([Source, Packages], OutputKind.DynamicallyLinkedLibrary).WithAssemblyName("Ids");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image).Success);
        MetadataReference[] references = [MetadataReference.CreateFromImage(image.ToArray()), library.ToMetadataReference()];
        foreach (var reference in references)
        {
            var compilation = Analysis.Compile(
                $"{mark} [EventBus.BroadcastEvent] public interface IShopEvents {{ void Placed(Id id); }}", withEventBus: true, reference);

            var diagnostics = await Analysis.AnalyzeAsync<UnfitSingleValueAnalyzer>(compilation);
            Assert.Equal(count, diagnostics.Length);
            Assert.All(diagnostics, static diagnostic => Assert.EndsWith(
                "add [assembly: SingleValue(typeof(Id))] here or in its project, or a [Formatter]", diagnostic.GetMessage()));
        }
    }

    // The analyzers see the members that other generators write. The ids are what their attributes make them.
    [Fact]
    public async Task No_rule_triggers_on_ids_whose_members_another_generator_writes()
    {
        var compilation = Analysis.CompileBeside(
            """
            using System.Text.Json; using System.Text.Json.Serialization;
            [JsonConverter(typeof(OrderIdSystemTextJsonConverter))]
            partial struct OrderId
            {
                private readonly System.Guid _value;
                private OrderId(System.Guid value) => _value = value;
                public readonly System.Guid Value => _value;
                public static OrderId From(System.Guid value) => new(value);
                public class OrderIdSystemTextJsonConverter : JsonConverter<OrderId>
                {
                    public override OrderId Read(ref Utf8JsonReader reader, System.Type type, JsonSerializerOptions options) => default;
                    public override void Write(Utf8JsonWriter writer, OrderId value, JsonSerializerOptions options) { }
                }
            }
            partial struct LineId { public string Value { get; } public LineId(string value) => Value = value; }
            """,
            $$"""
            using EventBus;
            [BroadcastEvent] public interface IShopEvents
            {
                Task<LineId> Placed(OrderId? id, Order order, Dictionary<LineId, OrderId> lines);
            }
            public record Order(OrderId Id, LineId? Line);
            [Vogen.ValueObject<Guid>] public partial struct OrderId;
            [StronglyTypedIds.StronglyTypedId(StronglyTypedIds.Template.String)] public partial struct LineId;
            {{Packages}}
            """);

        Assert.Empty(await Analysis.AnalyzeAsync<UnfitSingleValueAnalyzer>(compilation));
        Assert.Empty(await Analysis.AnalyzeAsync<EmptyPayloadAnalyzer>(compilation));
        Assert.Empty(await Analysis.AnalyzeAsync<UnseenCodeAnalyzer>(compilation));
        Assert.Empty(await Analysis.AnalyzeAsync<UnusedJsonConverterAnalyzer>(compilation));
        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
