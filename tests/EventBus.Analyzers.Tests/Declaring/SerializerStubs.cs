namespace EventBus.Analyzers.Tests.Declaring;

/// <summary>Stands in for the attributes of serializers that the tests do not reference: they are known by their names alone.</summary>
internal static class SerializerStubs
{
    public const string Source = """
        namespace Newtonsoft.Json
        {
            public enum Required { Default, AllowNull, Always, DisallowNull }
            public enum NullValueHandling { Include, Ignore }
            public enum DefaultValueHandling { Include, Ignore, Populate }
            public enum MemberSerialization { OptOut, OptIn, Fields }
            public sealed class JsonIgnoreAttribute : System.Attribute;
            public sealed class JsonRequiredAttribute : System.Attribute;
            public sealed class JsonExtensionDataAttribute : System.Attribute;
            public sealed class JsonConstructorAttribute : System.Attribute;
            public sealed class JsonPropertyAttribute : System.Attribute
            {
                public JsonPropertyAttribute() { }
                public JsonPropertyAttribute(string propertyName) => PropertyName = propertyName;
                public string? PropertyName { get; set; }
                public int Order { get; set; }
                public Required Required { get; set; }
                public NullValueHandling NullValueHandling { get; set; }
                public DefaultValueHandling DefaultValueHandling { get; set; }
                public System.Type? ItemConverterType { get; set; }
            }
            public sealed class JsonObjectAttribute : System.Attribute
            {
                public JsonObjectAttribute() { }
                public JsonObjectAttribute(MemberSerialization memberSerialization) => MemberSerialization = memberSerialization;
                public MemberSerialization MemberSerialization { get; set; }
                public string? Title { get; set; }
                public System.Type? NamingStrategyType { get; set; }
            }
            public sealed class JsonConverterAttribute : System.Attribute
            {
                public JsonConverterAttribute(System.Type converterType) { }
                public JsonConverterAttribute(System.Type converterType, params object[] converterParameters) { }
            }
        }
        namespace Newtonsoft.Json.Converters { public class StringEnumConverter; public class IsoDateTimeConverter; }
        namespace MessagePack
        {
            public sealed class KeyAttribute : System.Attribute { public KeyAttribute(int x) { } public KeyAttribute(string x) { } }
            public sealed class IgnoreMemberAttribute : System.Attribute;
            public sealed class MessagePackObjectAttribute(bool keyAsPropertyName = false) : System.Attribute;
            public sealed class MessagePackFormatterAttribute(System.Type formatterType) : System.Attribute;
            public sealed class SerializationConstructorAttribute : System.Attribute;
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)]
            public sealed class UnionAttribute(int key, System.Type subType) : System.Attribute;
        }
        namespace ProtoBuf
        {
            public enum ImplicitFields { None, AllPublic, AllFields }
            public sealed class ProtoContractAttribute : System.Attribute
            {
                public string? Name { get; set; }
                public ImplicitFields ImplicitFields { get; set; }
                public System.Type? Surrogate { get; set; }
            }
            public sealed class ProtoMemberAttribute(int tag) : System.Attribute
            {
                public string? Name { get; set; }
                public bool AsReference { get; set; }
            }
            public sealed class ProtoIgnoreAttribute : System.Attribute;
            public sealed class ProtoEnumAttribute : System.Attribute { public string? Name { get; set; } public int Value { get; set; } }
            public sealed class ProtoPartialIgnoreAttribute(string memberName) : System.Attribute;
            public sealed class ProtoPartialMemberAttribute(int tag, string memberName) : System.Attribute;
            public sealed class ProtoAfterDeserializationAttribute : System.Attribute;
        }
        namespace MemoryPack
        {
            public sealed class MemoryPackableAttribute : System.Attribute;
            public sealed class MemoryPackIgnoreAttribute : System.Attribute;
            public sealed class MemoryPackIncludeAttribute : System.Attribute;
            public sealed class MemoryPackConstructorAttribute : System.Attribute;
            public abstract class MemoryPackCustomFormatterAttribute<T> : System.Attribute;
            public sealed class BrotliFormatterAttribute : MemoryPackCustomFormatterAttribute<string>;
        }
        namespace Orleans
        {
            public sealed class GenerateSerializerAttribute : System.Attribute;
            public sealed class IdAttribute(uint id) : System.Attribute;
            public sealed class AliasAttribute(string alias) : System.Attribute;
            public sealed class GeneratedActivatorConstructorAttribute : System.Attribute;
        }
        namespace MemoryPack.Internal { public sealed class PreserveAttribute : System.Attribute; }
        namespace MongoDB.Bson.Serialization.Attributes
        {
            public sealed class BsonIgnoreAttribute : System.Attribute;
            public sealed class BsonIdAttribute : System.Attribute;
            public sealed class BsonElementAttribute(string elementName) : System.Attribute { public int Order { get; set; } }
            public sealed class BsonRepresentationAttribute(int representation) : System.Attribute;
        }
        namespace YamlDotNet.Serialization
        {
            public sealed class YamlIgnoreAttribute : System.Attribute;
            public sealed class YamlMemberAttribute : System.Attribute
            {
                public string? Alias { get; set; }
                public int Order { get; set; }
                public int DefaultValuesHandling { get; set; }
            }
        }
        namespace VYaml.Annotations { public sealed class YamlIgnoreAttribute : System.Attribute; }
        namespace SharpYaml.Serialization { public sealed class YamlIgnoreAttribute : System.Attribute; }
        namespace Tomlet.Attributes { public sealed class TomlNonSerializedAttribute : System.Attribute; }
        namespace Dahomey.Cbor.Attributes { public sealed class CborIgnoreAttribute : System.Attribute; }
        namespace ZeroFormatter { public sealed class IgnoreFormatAttribute : System.Attribute; }
        namespace CsvHelper.Configuration.Attributes { public sealed class IgnoreAttribute : System.Attribute; }
        namespace Amazon.DynamoDBv2.DataModel { public sealed class DynamoDBIgnoreAttribute : System.Attribute; }
        namespace ServiceStack.DataAnnotations { public sealed class IgnoreAttribute : System.Attribute; }
        namespace Nest { public sealed class IgnoreAttribute : System.Attribute; }
        namespace LiteDB { public sealed class BsonIgnoreAttribute : System.Attribute; }
        namespace MsgPack.Serialization { public sealed class MessagePackIgnoreAttribute : System.Attribute; }
        namespace System.Web.Script.Serialization { public sealed class ScriptIgnoreAttribute : System.Attribute; }
        namespace PolyType
        {
            public sealed class PropertyShapeAttribute : System.Attribute
            {
                public bool Ignore { get; set; }
                public string? Name { get; set; }
            }
        }
        namespace Jil
        {
            public sealed class JilDirectiveAttribute : System.Attribute
            {
                public bool Ignore { get; set; }
                public string? Name { get; set; }
            }
        }
        """;
}
