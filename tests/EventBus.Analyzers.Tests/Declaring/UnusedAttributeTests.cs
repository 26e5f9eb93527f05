using EventBus.Analyzers.Declaring;
using EventBus.Analyzers.Serializers;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnusedAttributeTests
{
    [Theory]
    [InlineData("[NJ.JsonConverter(typeof(Converter))]", "has [JsonConverter] of Newtonsoft.Json, which has no effect here;")]
    [InlineData("[NJ.JsonExtensionData]", "has [JsonExtensionData] of Newtonsoft.Json, which")]
    [InlineData("[NJ.JsonProperty(ItemConverterType = typeof(Converter))]", "[JsonProperty] of Newtonsoft.Json with 'ItemConverterType'")]
    [InlineData("[NJ.JsonProperty(Required = NJ.Required.DisallowNull)]", "with 'Required'")]
    [InlineData(
        "[NJ.JsonProperty(DefaultValueHandling = NJ.DefaultValueHandling.Ignore), System.ComponentModel.DefaultValue(\"a\")]",
        "[JsonProperty] of Newtonsoft.Json with 'DefaultValueHandling'")]
    [InlineData("[JsonExtensionData]", "has [JsonExtensionData], which")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString)]", "has [JsonNumberHandling], which")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]", "has [JsonNumberHandling], which")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]", "has [JsonObjectCreationHandling], which")]
    [InlineData("[field: JsonPropertyName(\"v\")]", "has [JsonPropertyName], which")]
    [InlineData("[XmlElement(\"v\")]", "is named 'v' by [XmlElement] of XmlSerializer, but 'value' on the wire;")]

    [InlineData("[XmlAttribute(\"v\")]", "is named 'v' by [XmlAttribute] of XmlSerializer,")]
    [InlineData("[XmlElement(typeof(string))]", "[XmlElement] of XmlSerializer with 'type'")]
    [InlineData("[XmlElement(DataType = \"date\")]", "[XmlElement] of XmlSerializer with 'DataType'")]
    [InlineData("[XmlAnyElement]", "has [XmlAnyElement] of XmlSerializer, which")]
    [InlineData("[MessagePack.MessagePackFormatter(typeof(Converter))]", "has [MessagePackFormatter] of MessagePack-CSharp, which")]
    [InlineData("[MemoryPack.BrotliFormatter]", "has [BrotliFormatter] of MemoryPack, which")]
    [InlineData("[Bson.BsonElement(\"v\")]", "is named 'v' by [BsonElement] of MongoDB.Bson,")]
    [InlineData("[Bson.BsonId]", "has [BsonId] of MongoDB.Bson, which")]
    [InlineData("[Bson.BsonRepresentation(MongoDB.Bson.BsonType.String)]", "has [BsonRepresentation] of MongoDB.Bson, which")]
    [InlineData("[Yaml.YamlMember(Alias = \"v\")]", "is named 'v' by [YamlMember] of YamlDotNet,")]
    [InlineData(
        "[Yaml.YamlMember(DefaultValuesHandling = Yaml.DefaultValuesHandling.OmitNull)]",
        "[YamlMember] of YamlDotNet with 'DefaultValuesHandling'")]
    [InlineData("[Jil.JilDirective(Name = \"v\")]", "is named 'v' by [JilDirective] of Jil,")]
    [InlineData("[XmlElement(\"v\", DataType = \"date\"), Formatter(typeof(TextFormatter))]", "is named 'v' by [XmlElement]")]
    [InlineData("[Own]", "has [Own] of Newtonsoft.Json, which")]
    public async Task Triggers_on_members(string attribute, string predicate)
    {
        var messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
            Source($"public class Order {{ {attribute} public string? Value {{ get; set; }} }}", "[|order|]"));

        Assert.StartsWith("'order.Value' ", Assert.Single(messages), StringComparison.Ordinal);
        Assert.Contains(predicate, messages[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[NJ.JsonProperty(\"v\", Order = 1, Required = NJ.Required.Always)]")]
    [InlineData("[NJ.JsonProperty(PropertyName = \"v\", NullValueHandling = NJ.NullValueHandling.Ignore)]")]
    [InlineData("[NJ.JsonRequired]")]
    [InlineData("[NJ.JsonProperty(Required = NJ.Required.DisallowNull, NullValueHandling = NJ.NullValueHandling.Ignore)]")]
    [InlineData("[NJ.JsonProperty(DefaultValueHandling = NJ.DefaultValueHandling.Ignore), System.ComponentModel.DefaultValue(null)]")]
    [InlineData("[NJ.JsonConverter(typeof(Converter)), Formatter(typeof(TextFormatter))]")]
    [InlineData("[JsonPropertyName(\"v\"), JsonPropertyOrder(1), JsonRequired, JsonInclude]")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)]")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.Strict)]")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))]")]
    [InlineData("[DataMember(Name = \"v\", Order = 1, IsRequired = true)]")]
    [InlineData("[XmlElement]")]
    [InlineData("[XmlElement(\"Value\", Order = 1, IsNullable = true)]")]
    [InlineData("[XmlAttribute(\"value\"), XmlText, XmlArrayItem(\"item\")]")]
    [InlineData("[MessagePack.Key(1)]")]
    [InlineData("[MessagePack.Key(\"v\")]")]
    [InlineData("[ProtoBuf.ProtoMember(1, Name = \"v\")]")]
    [InlineData("[Orleans.Id(1)]")]
    [InlineData("[Bson.BsonElement(\"value\", Order = 1)]")]
    [InlineData("[Yaml.YamlMember(Alias = \"value\", Order = 1)]")]
    [InlineData("[NJ.JsonIgnore, Own]")]
    [InlineData("[Yaml.YamlIgnore, Bson.BsonId]")]
    [InlineData("[System.ComponentModel.DataAnnotations.MaxLength(3), Obsolete]")]
    public Task Does_not_trigger_on_members(string attribute) => Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
        Source($"public class Order {{ public int Id {{ get; set; }} {attribute} public string? Value {{ get; set; }} }}", "order"));

    [Theory]
    [InlineData("[NJ.JsonObject(NJ.MemberSerialization.Fields)]", "[JsonObject] of Newtonsoft.Json with 'memberSerialization'")]
    [InlineData("[NJ.JsonObject(NamingStrategyType = typeof(Converter))]", "with 'NamingStrategyType'")]
    [InlineData("[NJ.JsonConverter(typeof(Converter))]", "has [JsonConverter] of Newtonsoft.Json, which")]
    [InlineData("[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]", "with 'unmappedMemberHandling'")]
    [InlineData("[DataContract(IsReference = true)]", "[DataContract] of the data contract with 'IsReference'")]
    [InlineData("[KnownType(typeof(Special))]", "has [KnownType] of the data contract, but EventBus sends derived types only if")]
    [InlineData("[XmlInclude(typeof(Special))]", "has [XmlInclude] of XmlSerializer, but EventBus sends derived types only if")]
    [InlineData("[MessagePack.Union(0, typeof(Special))]", "has [Union] of MessagePack-CSharp, but")]
    [InlineData("[ProtoBuf.ProtoContract(Surrogate = typeof(Special))]", "[ProtoContract] of protobuf-net with 'Surrogate'")]
    public async Task Triggers_on_types_and_base_types(string attribute, string predicate)
    {
        var member = $"{{ {Marks} public int Id {{ get; set; }} }}";
        var messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
            Source($"{attribute} public class Order {member} public class Special : Order;", "[|order|]"));

        Assert.Contains(predicate, Assert.Single(messages), StringComparison.Ordinal);

        messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
            Source($"{attribute} public class Root {member} public class Order : Root; public class Special : Root;", "[|order|]"));

        Assert.StartsWith("'order' ", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_on_the_converter_of_an_abstract_union() => Assert.StartsWith(
        "'order' has [JsonConverter], which",
        Assert.Single(await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source(
            "[JsonDerivedType(typeof(Special), 1), JsonConverter(typeof(Converter))] public abstract record Order(int Id); "
                + "public record Special(int Id) : Order(Id);",
            "[|order|]"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[NJ.JsonObject(NJ.MemberSerialization.OptIn, Title = \"t\")]")]
    [InlineData("[DataContract(Name = \"n\", Namespace = \"s\")]")]
    [InlineData("[Serializable, XmlRoot(\"o\"), XmlType(\"o\")]")]
    [InlineData("[MessagePack.MessagePackObject(true)]")]
    [InlineData("[MessagePack.MessagePackObject]")]
    [InlineData("[MemoryPack.MemoryPackable]")]
    [InlineData("[Orleans.GenerateSerializer, Orleans.Alias(\"o\")]")]
    [InlineData("[ProtoBuf.ProtoContract(Name = \"o\")]")]
    [InlineData("[JsonDerivedType(typeof(Special), 1), KnownType(typeof(Special)), XmlInclude(typeof(Special))]")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowNamedFloatingPointLiterals)]")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))]")]
    public Task Does_not_trigger_on_types(string attribute) => Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
        Source($"{attribute} public class Order {{ {Marks} public int Id {{ get; set; }} }} public class Special : Order;", "order"));

    [Theory]
    [InlineData(
        "[ProtoBuf.ProtoMember(1)] private int _count = 0;",
        "'order._count' has [ProtoMember] of protobuf-net, but is not sent, because it is not public; "
            + "add [JsonInclude], or [JsonIgnore] if it is not for receivers")]
    [InlineData("[MemoryPack.MemoryPackInclude] private int Count { get; set; }", "'order.Count' has [MemoryPackInclude]")]
    [InlineData(
        "[Orleans.Id(0)] public int Count { private get; set; }",
        "'order.Count' has [Id] of Orleans, but is not sent, because its getter is not public; add [JsonInclude], or [JsonIgnore]")]
    [InlineData(
        "[Orleans.Id(0)] public int Count { set { } }",
        "'order.Count' has [Id] of Orleans, but is not sent, because it has no getter; add one, or [JsonIgnore]")]
    [InlineData(
        "[JsonPropertyName(\"n\")] public int Count => 1;",
        "'order.Count' has [JsonPropertyName], but is not sent, because it is computed, so that a receiver cannot set it; add a setter,")]
    [InlineData("[NJ.JsonExtensionData] private Dictionary<string, object> _more = [];", "'order._more' has [JsonExtensionData]")]
    [InlineData("[OnDeserialized] public void Fill(StreamingContext context) { }", "'order.Fill' has [OnDeserialized]")]
    [InlineData("[ProtoBuf.ProtoAfterDeserialization] private void Fill() { }", "'order.Fill' has [ProtoAfter")]
    [InlineData(
        "[JsonConstructor] public Order() { } [MessagePack.SerializationConstructor] public Order(int id) => Id = id;",
        "'order' has a constructor with [SerializationConstructor] of MessagePack-CSharp, but EventBus uses another one")]
    [InlineData(
        "[JsonConstructor] public Order([NJ.JsonProperty(\"no\")] int id) => Id = id;",
        "'order.Id' has [JsonProperty] of Newtonsoft.Json, which has no effect here")]
    public async Task Triggers_on_everything_else_in_a_type(string declaration, string message)
    {
        var messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(
            Source($"public class Order {{ public int Id {{ get; set; }} {declaration} }}", "[|order|]"));

        Assert.StartsWith(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ProtoBuf.ProtoContract]", "[ProtoBuf.ProtoMember(1)]", "[ProtoContract] of protobuf-net")]
    [InlineData("[Orleans.GenerateSerializer]", "[Orleans.Id(0)]", "[GenerateSerializer] of Orleans")]
    public async Task Triggers_on_members_that_another_serializer_leaves_out(string mark, string member, string name)
    {
        var messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source(
            $"{mark} public class Order {{ {member} public int Id {{ get; set; }} public string? Secret {{ get; set; }} }}", "[|order|]"));

        Assert.StartsWith($"'order.Secret' is sent, although {name} leaves it out", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ProtoBuf.ProtoContract(ImplicitFields = ProtoBuf.ImplicitFields.AllPublic)] public class Order { public int Id; }")]
    [InlineData("[ProtoBuf.ProtoContract, ProtoBuf.ProtoPartialMember(1, \"Id\")] public class Order { public int Id { get; set; } }")]
    [InlineData("[ProtoBuf.ProtoContract] public class Order { [DataMember(Order = 1)] public int Id { get; set; } }")]
    [InlineData("[Orleans.GenerateSerializer] public record Order(int Id);")]
    [InlineData("public class Order { [NJ.JsonProperty(Required = NJ.Required.DisallowNull)] public int Id { get; set; } }")]
    [InlineData("public class Order { public int Id { get; set; } [MemoryPack.Internal.Preserve] public static void Register() { } }")]
    [InlineData(
        "public class Order { public int Id; public Order() { } "
            + "[Orleans.GeneratedActivatorConstructor] public Order(IServiceProvider s) { } }")]
    [InlineData("[ProtoBuf.ProtoContract] public class Order { public int Id => 1; [ProtoBuf.ProtoMember(1)] public int Key; }")]
    [InlineData(
        "public class Order { [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public readonly List<int> L = []; }")]
    [InlineData("public class Order { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public Dictionary<string, int?[]>? Ids; }")]
    [InlineData("public class Order { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public decimal Sum { get; set; } }")]
    [InlineData("public class Order { [NJ.JsonConstructor] public Order(int id) => Id = id; public int Id { get; } }")]
    [InlineData("public class Order { [NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter))] public Size Size { get; set; } }")]
    [InlineData("public class Order { public Size Size { get; set; } public Unnamed Unnamed { get; set; } }")]
    [InlineData("public record Order([NJ.JsonProperty(\"no\")] int Id);")]
    public Task Does_not_trigger_on_other_types(string type) => Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source(type, "order"));

    [Fact]
    public async Task Triggers_on_enums_and_their_members()
    {
        var source = Source("", "order", "Bad");
        var diagnostics = await Analysis.AnalyzeAsync<UnusedAttributeAnalyzer>(Analysis.Compile($"using EventBus;\n{source}", true));
        var messages = diagnostics.Select(static diagnostic => diagnostic.GetMessage()).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(2, messages.Count);
        Assert.StartsWith("'Bad.One' is named 'o' by [XmlEnum] of XmlSerializer, but 'One'", messages[0], StringComparison.Ordinal);
        Assert.StartsWith("'order' has [JsonConverter] of Newtonsoft.Json with a naming strategy,", messages[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter), 1, 2 +)]")]
    [InlineData("[NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter), typeof(int), Unknown)]")]
    [InlineData("[NJ.JsonConverter(new[] { typeof(int) })]")]
    [InlineData("[NJ.JsonProperty(PropertyName = new[] { \"a\" }, Required = new[] { 1 }, DefaultValueHandling = new[] { 1 })]")]
    [InlineData("[MessagePack.Key(new[] { 1 })]")]
    [InlineData("[JsonPropertyName(new[] { \"a\" })]")]
    [InlineData("[JsonNumberHandling(new[] { 1 })]")]
    [InlineData("[JsonObjectCreationHandling(new[] { 1 })]")]
    [InlineData("[Formatter(new[] { typeof(int) })]")]
    [InlineData("[System.ComponentModel.DefaultValue(new[] { 1 })]")]
    [InlineData("[ProtoBuf.ProtoPartialIgnore(new[] { \"a\" })]")]
    public async Task Attribute_that_is_not_valid_yet_makes_nothing_fail(string attribute)
    {
        var payload = $"{attribute} public class Order {{ {attribute} public Size Value {{ get; set; }} }}";
        var compilation = Analysis.CompileBroken(
            [$"using EventBus;\n{Source(payload, "order")}"], OutputKind.DynamicallyLinkedLibrary, out var failures);

        Assert.Empty(failures);
        Assert.DoesNotContain(
            await Analysis.AnalyzeAsync<UnusedAttributeAnalyzer>(compilation), static diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public async Task Triggers_once_on_a_payload_of_several_events() => Assert.StartsWith(
        "'order.Id' has [BsonId]",
        Assert.Single(await Analysis.VerifyAsync<UnusedAttributeAnalyzer>($$"""
            [BroadcastEvent] public interface IShopEvents { void Placed(Order [|order|]); void Changed(Order order, Order other); }
            public class Order { [MongoDB.Bson.Serialization.Attributes.BsonId] public int Id { get; set; } }
            {{SerializerStubs.Source}}
            """)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[NJ.JsonProperty(\"x\")] int")]
    [InlineData("[XmlIgnore] string")]
    public async Task Triggers_on_parameters_of_events(string parameter) => Assert.StartsWith(
        "'order' has [",
        Assert.Single(await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source("", "[|order|]", parameter))),
        StringComparison.Ordinal);

    [Fact]
    public async Task Triggers_once_on_a_member_of_several_cases_and_on_acks()
    {
        var messages = await Analysis.VerifyAsync<UnusedAttributeAnalyzer>($$"""
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IShopEvents { Task<Command[]> [|Ask|](); }
            [JsonDerivedType(typeof(Go), 1), JsonDerivedType(typeof(Stop), 2)]
            public abstract record Command { [MongoDB.Bson.Serialization.Attributes.BsonId] public int Id { get; set; } }
            public record Go : Command;
            public record Stop : Command;
            {{SerializerStubs.Source}}
            """);

        Assert.StartsWith("'(ack[] as Go).Id' has [BsonId]", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_on_members_that_an_opt_in_leaves_out() => Assert.StartsWith(
        "'order.Count' has [Id] of Orleans, but is not sent, because its type sends only members with a mark; add [DataMember] or [JsonPro",
        Assert.Single(await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source(
            "[DataContract] public class Order { [DataMember] public int Id { get; set; } [Orleans.Id(0)] public int Count { get; set; } }",
            "[|order|]"))),
        StringComparison.Ordinal);

    [Fact]
    public async Task Triggers_on_number_handling_of_a_base_class()
    {
        const string Root = "[JsonNumberHandling(JsonNumberHandling.WriteAsString)] public record Root { public int Id { get; set; } }";

        Assert.StartsWith(
            "'order' has [JsonNumberHandling] on its base class 'Root', which has no effect on derived classes, as in System.Text.Json;",
            Assert.Single(await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source($"{Root} public record Order : Root;", "[|order|]"))),
            StringComparison.Ordinal);
        await Analysis.VerifyAsync<UnusedAttributeAnalyzer>(Source(
            $"{Root} [JsonNumberHandling(JsonNumberHandling.Strict)] public record Order : Root;", "order"));
    }

    [Fact]
    public async Task Triggers_on_types_of_other_assemblies()
    {
        var library = Analysis.Compile(
            $$"""
            using System.Xml.Serialization;
            {{SerializerStubs.Source}}
            namespace Library
            {
                [XmlInclude(typeof(int))]
                public class Order
                {
                    [XmlElement("no")] public int Id { get; set; }
                    [XmlIgnore, MongoDB.Bson.Serialization.Attributes.BsonId] public int Secret { get; set; }
                    [System.NonSerialized] public int Cache = 1;
                }
            }
            """,
            withEventBus: false);
        using var image = new MemoryStream();
        Assert.True(library.WithAssemblyName("Library").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var compilation = Analysis.Compile(
            "using EventBus; [BroadcastEvent] public interface IShopEvents { void Placed(Library.Order order); }",
            withEventBus: true,
            MetadataReference.CreateFromImage(image.ToArray()));

        var diagnostics = await Analysis.AnalyzeAsync<UnusedAttributeAnalyzer>(compilation);

        Assert.Equal(
            ["'order' has [XmlInclude]", "'order.Id' is named 'no' by [XmlElement]"],
            diagnostics.Select(static diagnostic => diagnostic.GetMessage().Split(" of Xml")[0]));
    }

    [Fact]
    public void Page_lists_every_attribute_that_is_not_reported()
    {
        var page = File.ReadAllText(Path.Combine(CatalogueTests.Root, "docs", "rules", "EVB1026.md"));
        var names = SerializerAttributes.All.Select(static row => row.MetadataName).Concat(KnownNames.ConstructorAttributes)
            .Select(static name => $"`[{name.Split('.')[^1][..^"Attribute".Length]}");

        Assert.All(names, name => Assert.Contains(name, page, StringComparison.Ordinal));
    }

    private const string Marks =
        "[DataMember, NJ.JsonProperty, ProtoBuf.ProtoMember(1), Orleans.Id(0), MessagePack.Key(0), XmlElement]";

    private static string Source(string type, string parameter, string parameterType = "Order") => $$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using System.Xml.Serialization;
        using EventBus.Serialization;
        using Bson = MongoDB.Bson.Serialization.Attributes;
        using NJ = Newtonsoft.Json;
        using Yaml = YamlDotNet.Serialization;
        [BroadcastEvent] public interface IShopEvents { void Placed({{parameterType}} {{parameter}}); }
        {{type}}
        public sealed class OwnAttribute : Newtonsoft.Json.BaseAttribute;
        public class Converter;
        [NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter))]
        public enum Size { [EnumMember(Value = "s")] Small }
        public enum Unnamed { [XmlEnum("o"), ProtoBuf.ProtoEnum(Name = "ONE")] One }
        [NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter), true)]
        public enum Bad { [XmlEnum("o")] One }
        public struct TextFormatter : IFormatter<string>
        {
            public void Write<TWriter>(ref TWriter writer, in string value) where TWriter : IValueWriter, allows ref struct { }
            public string Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => "";
        }
        {{SerializerStubs.Source}}
        namespace Newtonsoft.Json { public abstract class BaseAttribute : System.Attribute; }
        """;
}
