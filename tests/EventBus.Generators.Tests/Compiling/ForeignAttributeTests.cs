using EventBus.Analyzers.Tests.Declaring;
using EventBus.CompilerServices;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Tests.Compiling;

/// <summary>The attributes of other serializers decide which members are on the wire, and how they are named.</summary>
public sealed class ForeignAttributeTests
{
    [Theory]
    [InlineData("NJ.JsonIgnore")]
    [InlineData("IgnoreDataMember")]
    [InlineData("XmlIgnore")]
    [InlineData("SoapIgnore")]
    [InlineData("field: NonSerialized")]
    [InlineData("System.Web.Script.Serialization.ScriptIgnore")]
    [InlineData("MessagePack.IgnoreMember")]
    [InlineData("MsgPack.Serialization.MessagePackIgnore")]
    [InlineData("MemoryPack.MemoryPackIgnore")]
    [InlineData("ProtoBuf.ProtoIgnore")]
    [InlineData("Bson.BsonIgnore")]
    [InlineData("LiteDB.BsonIgnore")]
    [InlineData("Yaml.YamlIgnore")]
    [InlineData("VYaml.Annotations.YamlIgnore")]
    [InlineData("Jil.JilDirective(Ignore = true)")]
    [InlineData("PolyType.PropertyShape(Ignore = true)")]
    [InlineData("SharpYaml.Serialization.YamlIgnore")]
    [InlineData("Tomlet.Attributes.TomlNonSerialized")]
    [InlineData("Dahomey.Cbor.Attributes.CborIgnore")]
    [InlineData("ZeroFormatter.IgnoreFormat")]
    [InlineData("CsvHelper.CsvIgnore")]
    [InlineData("CsvHelper.Configuration.Attributes.Ignore")]
    [InlineData("Amazon.DynamoDBv2.DataModel.DynamoDBIgnore")]
    [InlineData("ServiceStack.DataAnnotations.Ignore")]
    [InlineData("Nest.Ignore")]
    [InlineData("Hidden")]
    public void Ignored_member_is_not_on_the_wire(string attribute)
    {
        Assert.Equal("id", Wire($"public class Value {{ public int Id; [{attribute}] public string? Secret {{ get; set; }} }}"));
        Assert.Equal("id", Wire($"public class Root {{ [{attribute}] public string? Secret {{ get; set; }} }} "
            + "public class Value : Root { public int Id { get; set; } }"));
        Assert.Equal("id", Wire($"public class Root {{ [{attribute}] public virtual string? Secret {{ get; set; }} }} "
            + "public class Value : Root { public int Id { get; set; } public override string? Secret { get; set; } }"));
        Assert.Equal("id secret", Wire("public class Value { public int Id { get; set; } public string? Secret { get; set; } }"));
    }

    [Theory]
    [InlineData("public class Value { public int Id; [NonSerialized] public int Secret; }", "id")]
    [InlineData("[ProtoBuf.ProtoPartialIgnore(\"Secret\")] public class Value { public int Id; public int Secret; }", "id")]
    [InlineData("public class Value { public int Id; [Jil.JilDirective(Ignore = false)] public int Open; }", "id open")]
    [InlineData("public record Value(int Id) { [XmlIgnore] public string Secret { get; init; } = \"\"; }", "id")]
    [InlineData(
        "[NJ.JsonObject(NJ.MemberSerialization.OptIn)] "
            + "public class Value { [NJ.JsonProperty] public int Id; [DataMember] private int Open { get; set; } public int X; }",
        "id open")]
    [InlineData(
        "[NJ.JsonObject(NJ.MemberSerialization.OptIn)] public class Root { [NJ.JsonProperty] public int Id; } "
            + "public class Value : Root { public int Secret; [NJ.JsonProperty] public int Open; }",
        "id open")]
    [InlineData(
        "public class Root { public int Secret; [NJ.JsonProperty] public int Id; } "
            + "[NJ.JsonObject(NJ.MemberSerialization.OptIn)] public class Value : Root { [NJ.JsonProperty] public int Open; }",
        "id open")]
    [InlineData(
        "[NJ.JsonObject(NJ.MemberSerialization.OptIn)] public class Root { [NJ.JsonProperty] public int Id; } "
            + "[NJ.JsonObject] public class Value : Root { public int Open; }",
        "id open")]
    [InlineData(
        "[NJ.JsonObject(NJ.MemberSerialization.OptIn)] public interface IRoot; "
            + "public class Value : IRoot { public int Secret; [NJ.JsonProperty] public int Id; }",
        "id")]
    [InlineData("[DataContract, NJ.JsonObject] public class Value { [DataMember] public int Id; public int Open; }", "id open")]
    [InlineData(
        "[DataContract, NJ.JsonObject(NJ.MemberSerialization.Fields)] public class Value { [DataMember] public int Id; public int X; }",
        "id")]
    [InlineData("public class Value { [NJ.JsonProperty(\"no\")] public int Id; }", "no")]
    [InlineData("public class Value { [NJ.JsonProperty(PropertyName = \"no\")] private int Id { get; set; } }", "no")]
    [InlineData("public record Value([NJ.JsonProperty(\"no\")] int Id);", "no")]
    [InlineData("public record Value([property: NJ.JsonProperty(\"no\")] int Id);", "no")]
    [InlineData("public class Value { [MessagePack.Key(\"no\")] public int Id; [MessagePack.Key(1)] public int Other; }", "no other")]
    [InlineData("public class Value { [DataMember(Name = \"no\")] public int Id; }", "no")]
    [InlineData(
        "public class Value { [JsonPropertyName(\"a\"), NJ.JsonProperty(\"b\"), DataMember(Name = \"c\")] public int Id; }", "a")]
    [InlineData("public class Value { [NJ.JsonProperty(\"b\"), DataMember(Name = \"c\")] public int Id; }", "b")]
    [InlineData("public class Value { [JsonInclude, XmlIgnore] public int Id; [DataMember, NJ.JsonIgnore] public int X; }", "id")]
    public void Names_are_those_of_the_first_serializer(string payload, string names) => Assert.Equal(names, Wire(payload));

    [Theory]
    [InlineData("[NJ.JsonConstructor]")]
    [InlineData("[MessagePack.SerializationConstructor]")]
    [InlineData("[MemoryPack.MemoryPackConstructor]")]
    [InlineData("[JsonConstructor]")]
    public void Constructor_with_an_attribute_is_called(string attribute) => Assert.Contains(
        "new global::Value(",
        Emitted($"public class Value {{ public Value() {{ }} {attribute} public Value(int id) => Id = id; public int Id {{ get; }} }}"),
        StringComparison.Ordinal);

    [Fact]
    public void Omission_and_requirement_of_Newtonsoft_are_kept()
    {
        var emitted = Emitted(
            """
            public class Value
            {
                [NJ.JsonProperty(Required = NJ.Required.Always)] public int Id { get; set; }
                [NJ.JsonRequired] public int No { get; set; }
                [NJ.JsonProperty(NullValueHandling = NJ.NullValueHandling.Ignore)] public string? Note { get; set; }
            }
            """);

        Assert.Contains("Missing(\"id\",", emitted, StringComparison.Ordinal);
        Assert.Contains("Missing(\"no\",", emitted, StringComparison.Ordinal);
        Assert.DoesNotContain("Missing(\"note\",", emitted, StringComparison.Ordinal);
        Assert.Contains("value.Note is not null", emitted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DefaultValue(5)", "int", false)]
    [InlineData("DefaultValue(true)", "bool", false)]
    [InlineData("DefaultValue(0)", "int?", false)]
    [InlineData("DefaultValue(null)", "int", false)]
    [InlineData("DefaultValue(0)", "int", true)]
    [InlineData("DefaultValue(0)", "long", true)]
    [InlineData("DefaultValue(false)", "bool", true)]
    [InlineData("DefaultValue(null)", "string?", true)]
    public void Default_of_the_type_is_not_omitted_if_the_member_has_another_one(string attribute, string type, bool isOmitted)
    {
        var emitted = Emitted(
            $$"""
            public class Value
            {
                public int Id { get; set; }
                [System.ComponentModel.{{attribute}}, NJ.JsonProperty(DefaultValueHandling = NJ.DefaultValueHandling.Ignore)]
                public {{type}} Count { get; set; }
            }
            """);

        Assert.Equal(
            isOmitted,
            emitted.Contains("if (value.Count is not null)", StringComparison.Ordinal)
                || emitted.Contains("Default.Equals(value.Count, default)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[Orleans.GeneratedActivatorConstructor]")]
    [InlineData("[MemoryPack.MemoryPackConstructor]")]
    public void Constructor_with_services_is_not_called(string attribute) => Assert.Contains(
        "new global::Value",
        Emitted(
            $$"""
            public class Value
            {
                public Value() { }
                {{attribute}} public Value(IServiceProvider services) { }
                public int Id { get; set; }
            }
            """),
        StringComparison.Ordinal);

    [Fact]
    public void Required_value_that_is_never_omitted_is_sent() => Assert.Contains(
        "Missing(\"id\",",
        Emitted("public class Value { [NJ.JsonProperty(Required = NJ.Required.Always, NullValueHandling = NJ.NullValueHandling.Ignore)] "
            + "public int Id { get; set; } }"),
        StringComparison.Ordinal);

    [Fact]
    public void Enum_with_the_converter_of_Newtonsoft_is_written_by_name() => Assert.Contains(
        "EnumNameFormatter<global::Size",
        Emitted("""
            public record Value(Size Size);
            [NJ.JsonConverter(typeof(NJ.Converters.StringEnumConverter))] public enum Size { Small }
            """),
        StringComparison.Ordinal);

    [Fact]
    public void Members_of_compiled_types_are_ignored_in_the_same_way()
    {
        var library = GeneratorRun.Compile(
            "public class Value { public int Id; [NonSerialized] public int Secret; "
                + "[System.Xml.Serialization.XmlIgnore] public int Hidden { get; set; } }").WithAssemblyName("Library");
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var run = GeneratorRun.Of(
            GeneratorRun.Compile(Contract).AddReferences(MetadataReference.CreateFromImage(image.ToArray())));

        Assert.Equal("id", ListOf(run, "EventBus.Generated.In_Shop_Contracts.ValueFormatter"));
    }

    [Theory]
    [InlineData("public record struct Value([NJ.JsonProperty(\"no\")] int Id);")]
    [InlineData("public readonly record struct Value([NJ.JsonProperty(\"no\")] int Id) { public Value(string text) : this(1) { } }")]
    [InlineData("public record Value([NJ.JsonProperty(\"no\")] int Id);")]
    [InlineData("public struct Value { public Value(int id) => Id = id; [NJ.JsonProperty(\"no\")] public int Id { get; } }")]
    public void Names_of_compiled_records_are_those_of_their_parameters(string payload) => Assert.Equal("no", CompiledWire(payload));

    [Fact]
    public void Parameters_of_a_compiled_struct_that_is_no_record_name_nothing() => Assert.Equal(
        "id",
        CompiledWire(
            """
            public readonly struct Value : IEquatable<Value>
            {
                public Value([NJ.JsonProperty("no")] int id) => Id = id;
                public int Id { get; }
                public bool Equals(Value other) => other.Id == Id;
                public override bool Equals(object? other) => other is Value value && Equals(value);
                public override int GetHashCode() => Id;
                public static bool operator ==(Value one, Value other) => one.Equals(other);
                public static bool operator !=(Value one, Value other) => !one.Equals(other);
            }
            """));

    private static string CompiledWire(string payload)
    {
        var library = GeneratorRun.Compile($"using NJ = Newtonsoft.Json;\n{payload}").AddReferences(SerializerPackages.References);
        using var image = new MemoryStream();
        Assert.True(library.WithAssemblyName("Library").Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        var compilation = GeneratorRun.Compile(Contract).AddReferences(SerializerPackages.References);
        return ListOf(
            GeneratorRun.Of(compilation.AddReferences(MetadataReference.CreateFromImage(image.ToArray()))),
            "EventBus.Generated.In_Shop_Contracts.ValueFormatter");
    }

    private const string Contract = "[BroadcastEvent] public interface IEvents { void Sent(Value value); }";

    private static string Wire(string payload) => ListOf(Run(payload), "EventBus.Generated.ValueFormatter");

    private static string Emitted(string payload) => Run(payload).Files["EventBus.Generated.ValueFormatter.g.cs"];

    private static GeneratorRun Run(string payload)
    {
        var compilation = GeneratorRun.Compile(
            $"""
            using System.Runtime.Serialization;
            using System.Text.Json.Serialization;
            using System.Xml.Serialization;
            using Bson = MongoDB.Bson.Serialization.Attributes;
            using NJ = Newtonsoft.Json;
            using Yaml = YamlDotNet.Serialization;
            {Contract}
            {payload}
            """,
            $"#nullable enable\n#pragma warning disable\n{SerializerStubs.Source}",
            "public sealed class HiddenAttribute : System.Xml.Serialization.XmlIgnoreAttribute;");
        var run = GeneratorRun.Of(compilation.AddReferences(SerializerPackages.References));
        run.AssertClean();
        return run;
    }

    private static string ListOf(GeneratorRun run, string formatter) => (string)Assert.Single(
        run.Output.GetTypeByMetadataName(formatter)!.GetAttributes(),
        static attribute => attribute.AttributeClass!.Name == nameof(PayloadMembersAttribute)).ConstructorArguments[0].Value!;
}
