using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class ContradictingAttributesTests
{
    [Theory]
    [InlineData(
        "[JsonPropertyName(\"a\"), DataMember(Name = \"b\")] public int Id { get; set; }",
        "is named 'a' by [JsonPropertyName] and 'b' by [DataMember]; EventBus follows [JsonPropertyName],")]
    [InlineData(
        "[DataMember(Name = \"a\"), MessagePack.Key(\"b\")] public int Id { get; set; }",
        "is named 'a' by [DataMember] and 'b' by [Key]; EventBus follows [DataMember],")]
    [InlineData(
        "[JsonIgnore, DataMember] public int Id { get; set; }",
        "is kept off the wire by [JsonIgnore] and put on the wire by [DataMember]; EventBus follows [JsonIgnore],")]
    [InlineData(
        "[JsonInclude, MessagePack.IgnoreMember] public int Id { get; set; }",
        "is put on the wire by [JsonInclude] and kept off the wire by [IgnoreMember]; EventBus follows [JsonInclude],")]
    [InlineData(
        "[IgnoreDataMember, MessagePack.Key(1)] public int Id { get; set; }",
        "is kept off the wire by [IgnoreDataMember] and put on the wire by [Key]; EventBus follows [IgnoreDataMember],")]
    [InlineData(
        "[JsonPropertyName(\"a\"), Newtonsoft.Json.JsonProperty(\"b\")] public int Id { get; set; }",
        "is named 'a' by [JsonPropertyName] and 'b' by [JsonProperty]; EventBus follows [JsonPropertyName],")]
    [InlineData(
        "[Newtonsoft.Json.JsonProperty(PropertyName = \"a\"), DataMember(Name = \"b\")] public int Id { get; set; }",
        "is named 'a' by [JsonProperty] and 'b' by [DataMember]; EventBus follows [JsonProperty],")]
    [InlineData(
        "[JsonInclude, Newtonsoft.Json.JsonIgnore] public int Id { get; set; }",
        "is put on the wire by [JsonInclude] and kept off the wire by [JsonIgnore] of Newtonsoft.Json; EventBus follows [JsonInclude],")]
    [InlineData(
        "[DataMember, System.Xml.Serialization.XmlIgnore] public int Id { get; set; }",
        "is put on the wire by [DataMember] and kept off the wire by [XmlIgnore]; EventBus follows [DataMember],")]
    [InlineData(
        "[MessagePack.Key(1)] [field: NonSerialized] public int Id { get; set; }",
        "is put on the wire by [Key] and kept off the wire by [NonSerialized]; EventBus follows [Key],")]
    public async Task Triggers(string member, string message)
    {
        var messages = await Analysis.VerifyAsync<ContradictingAttributesAnalyzer>(Source(member, "[|payload|]"));

        Assert.StartsWith($"'payload.Id' {message}", Assert.Single(messages));
    }

    [Fact]
    public async Task Triggers_on_acks()
    {
        var messages = await Analysis.VerifyAsync<ContradictingAttributesAnalyzer>("""
            using System.Runtime.Serialization;
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IChatEvents { ValueTask<Payload> [|Read|](); }
            public class Payload { [JsonPropertyName("a"), DataMember(Name = "b")] public int Id { get; set; } }
            """);

        Assert.StartsWith("'ack.Id' is named 'a'", Assert.Single(messages));
    }

    [Theory]
    [InlineData("(Command, Stop)", "(both.Item1 as Stop)")]
    [InlineData("(Stop, Command)", "both.Item1")]
    public async Task Triggers_once_on_a_case_that_also_stands_alone(string type, string path)
    {
        var messages = await Analysis.VerifyAsync<ContradictingAttributesAnalyzer>($$"""
            using System.Runtime.Serialization;
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IChatEvents { void Ping({{type}} [|both|]); }
            [JsonDerivedType(typeof(Stop), "stop")] public abstract record Command;
            public record Stop : Command { [JsonPropertyName("a"), DataMember(Name = "b")] public int Id { get; set; } }
            """);

        Assert.StartsWith($"'{path}.Id' is named 'a'", Assert.Single(messages));
    }

    [Fact]
    public async Task Triggers_on_members_of_enums()
    {
        var messages = await Analysis.VerifyAsync<ContradictingAttributesAnalyzer>("""
            using System.Runtime.Serialization;
            using System.Text.Json.Serialization;
            [BroadcastEvent] public interface IChatEvents { void Ping(Named? [|named|], Number number); }
            [JsonConverter(typeof(JsonStringEnumConverter))] public enum Named {
                [JsonStringEnumMemberName("a"), EnumMember(Value = "b")] A, [JsonStringEnumMemberName("b"), EnumMember(Value = "b")] B }
            public enum Number { [JsonStringEnumMemberName("a"), EnumMember(Value = "b")] A }
            """);

        Assert.StartsWith(
            "'Named.A' is named 'a' by [JsonStringEnumMemberName] and 'b' by [EnumMember]; EventBus follows", Assert.Single(messages));
    }

    [Theory]
    [InlineData("[JsonPropertyName(\"a\"), DataMember(Name = \"a\"), MessagePack.Key(\"a\")] public int Id { get; set; }")]
    [InlineData("[JsonIgnore, IgnoreDataMember, MessagePack.IgnoreMember] public int Id { get; set; }")]
    [InlineData("[JsonPropertyName(\"a\"), MessagePack.Key(1)] public int Id { get; set; }")]
    [InlineData(
        "[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), DataMember(EmitDefaultValue = false)] public string? Id { get; "
        + "set; }")]
    [InlineData("public int Id { get; set; }")]
    public Task Does_not_trigger(string member) => Analysis.VerifyAsync<ContradictingAttributesAnalyzer>(Source(member, "payload"));

    private static string Source(string member, string parameter) => $$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping(Payload {{parameter}}); }
        public class Payload { {{member}} }
        {{SerializerStubs.Source}}
        """;
}
