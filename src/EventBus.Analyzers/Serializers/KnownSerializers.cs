using System.Collections.Immutable;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>
/// The serializers whose attributes must not be without effect. Each of them owns a namespace, so an attribute that no table lists is
/// found, too.
/// </summary>
internal static class KnownSerializers
{
    public const string SystemTextJson = "System.Text.Json";

    private static readonly (string Namespace, string Name)[] Owners =
    [
        ("System.Text.Json.Serialization", SystemTextJson),
        ("Newtonsoft.Json", "Newtonsoft.Json"),
        ("System.Runtime.Serialization", "the data contract"),
        ("System.Xml.Serialization", "XmlSerializer"),
        ("System.Web.Script.Serialization", "JavaScriptSerializer"),
        ("MessagePack", "MessagePack-CSharp"),
        ("Nerdbank.MessagePack", "Nerdbank.MessagePack"),
        ("PolyType", "PolyType"),
        ("MsgPack.Serialization", "MsgPack.Cli"),
        ("MemoryPack", "MemoryPack"),
        ("ProtoBuf", "protobuf-net"),
        ("Orleans", "Orleans"),
        ("MongoDB.Bson.Serialization", "MongoDB.Bson"),
        ("LiteDB", "LiteDB"),
        ("YamlDotNet", "YamlDotNet"),
        ("VYaml", "VYaml"),
        ("Utf8Json", "Utf8Json"),
        ("Jil", "Jil"),
    ];

    private static readonly ImmutableDictionary<string, SerializerAttribute> Rows =
        SerializerAttributes.All.ToImmutableDictionary(static row => row.MetadataName);

    /// <summary>The serializer that an attribute belongs to, also by a base class; null if no known one.</summary>
    public static string? OwnerOf(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            var name = $"{type.ContainingNamespace?.ToDisplayString()}.";
            if (Owners.FirstOrDefault(owner => name.StartsWith($"{owner.Namespace}.", StringComparison.Ordinal)).Name is { } owner)
                return owner;
        }

        return null;
    }

    /// <summary>The row of an attribute; null if EventBus does not know it, or if its class is derived from a known one.</summary>
    public static SerializerAttribute? RowOf(AttributeData attribute) =>
        attribute.AttributeClass is { } type && Rows.TryGetValue(type.OriginalDefinition.GetFullMetadataName(), out var row) ? row : null;
}
