using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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

    private static readonly (string Prefix, string Name)[] Owners =
    [
        ("System.Text.Json.Serialization.", SystemTextJson),
        ("Newtonsoft.Json.", "Newtonsoft.Json"),
        ("System.Runtime.Serialization.", "the data contract"),
        ("System.Xml.Serialization.", "XmlSerializer"),
        ("System.Web.Script.Serialization.", "JavaScriptSerializer"),
        ("MessagePack.", "MessagePack-CSharp"),
        ("Nerdbank.MessagePack.", "Nerdbank.MessagePack"),
        ("PolyType.", "PolyType"),
        ("MsgPack.Serialization.", "MsgPack.Cli"),
        ("MemoryPack.", "MemoryPack"),
        ("ProtoBuf.", "protobuf-net"),
        ("Orleans.", "Orleans"),
        ("MongoDB.Bson.Serialization.", "MongoDB.Bson"),
        ("LiteDB.", "LiteDB"),
        ("YamlDotNet.", "YamlDotNet"),
        ("VYaml.", "VYaml"),
        ("Utf8Json.", "Utf8Json"),
        ("Jil.", "Jil"),
    ];

    private static readonly ImmutableDictionary<string, SerializerAttribute> Rows =
        SerializerAttributes.All.ToImmutableDictionary(static row => row.MetadataName);

    // The analyzer asks several times for each attribute, at every keystroke. An entry lives as long as the symbol.
    private static readonly ConditionalWeakTable<INamedTypeSymbol, AttributeKind> Kinds = new();

    /// <summary>The serializer that an attribute belongs to, also by a base class; null if no known one.</summary>
    public static string? OwnerOf(AttributeData attribute) => KindOf(attribute)?.Owner;

    /// <summary>The row of an attribute; null if EventBus does not know it, or if its class is derived from a known one.</summary>
    public static SerializerAttribute? RowOf(AttributeData attribute) => KindOf(attribute)?.Row;

    private static AttributeKind? KindOf(AttributeData attribute) => attribute.AttributeClass is { } type
        ? Kinds.GetValue(
            type,
            static type => new AttributeKind(
                FindOwner(type), Rows.TryGetValue(type.OriginalDefinition.GetFullMetadataName(), out var row) ? row : null))
        : null;

    private static string? FindOwner(INamedTypeSymbol attribute)
    {
        for (var type = attribute; type is not null; type = type.BaseType)
        {
            var name = $"{type.ContainingNamespace?.ToDisplayString()}.";
            if (Owners.FirstOrDefault(owner => name.StartsWith(owner.Prefix, StringComparison.Ordinal)).Name is { } owner)
                return owner;
        }

        return null;
    }

    private sealed class AttributeKind(string? owner, SerializerAttribute? row)
    {
        public string? Owner { get; } = owner;

        public SerializerAttribute? Row { get; } = row;
    }
}
