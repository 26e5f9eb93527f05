using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The attributes by which other serializers keep a member off the wire. EventBus names no members by these serializers, but a member that
/// is a secret for one of them stays a secret.
/// </summary>
internal static class IgnoreAttributes
{
    private const string ProtoPartialIgnore = "ProtoBuf.ProtoPartialIgnoreAttribute";

    private static readonly string[] Unconditional =
    [
        "System.NonSerializedAttribute",
        "System.Xml.Serialization.XmlIgnoreAttribute",
        "System.Xml.Serialization.SoapIgnoreAttribute",
        "System.Web.Script.Serialization.ScriptIgnoreAttribute",
        "ProtoBuf.ProtoIgnoreAttribute",
        "MemoryPack.MemoryPackIgnoreAttribute",
        "MongoDB.Bson.Serialization.Attributes.BsonIgnoreAttribute",
        "LiteDB.BsonIgnoreAttribute",
        "YamlDotNet.Serialization.YamlIgnoreAttribute",
        "VYaml.Annotations.YamlIgnoreAttribute",
        "MsgPack.Serialization.MessagePackIgnoreAttribute",
        "SharpYaml.Serialization.YamlIgnoreAttribute",
        "Tomlet.Attributes.TomlNonSerializedAttribute",
        "Dahomey.Cbor.Attributes.CborIgnoreAttribute",
        "ZeroFormatter.IgnoreFormatAttribute",
        "CsvHelper.CsvIgnoreAttribute",
        "CsvHelper.Configuration.Attributes.IgnoreAttribute", // before version 34
        "Amazon.DynamoDBv2.DataModel.DynamoDBIgnoreAttribute",
        "ServiceStack.DataAnnotations.IgnoreAttribute",
        "Nest.IgnoreAttribute",
    ];

    // These have an argument 'Ignore'.
    private static readonly string[] Conditional = ["Jil.JilDirectiveAttribute", "PolyType.PropertyShapeAttribute"];

    /// <summary>The names of all of these attributes.</summary>
    public static IEnumerable<string> Names => Unconditional.Concat(Conditional).Append(ProtoPartialIgnore);

    /// <summary>Whether an attribute is one of these, or its class is derived from one.</summary>
    public static bool Has(AttributeData attribute)
    {
        for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            if (Unconditional.Any(type.IsNamed) || (Conditional.Any(type.IsNamed) && attribute.FindArgument("Ignore") is true))
                return true;
        }

        return false;
    }

    /// <summary>The attributes, as code, that keep a member off the wire.</summary>
    /// <param name="member">The property or field.</param>
    /// <param name="attributes">All attributes that describe it.</param>
    public static IEnumerable<string> Of(ISymbol member, ImmutableArray<AttributeData> attributes)
    {
        foreach (var attribute in attributes.Where(Has))
            yield return Display(attribute.AttributeClass!);
        if (member is IFieldSymbol field && IsNotSerialized(field))
            yield return "[NonSerialized]";
        if (member.ContainingType.GetAttributes().Any(attribute => attribute.AttributeClass?.IsNamed(ProtoPartialIgnore) is true
            && attribute.FirstArgument() as string == member.Name))
            yield return "[ProtoPartialIgnore]";
    }

    public static string Display(INamedTypeSymbol attribute)
    {
        const string Suffix = nameof(Attribute);
        var name = attribute.Name;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? $"[{name.Substring(0, name.Length - Suffix.Length)}]" : $"[{name}]";
    }

    // In a compiled assembly it is a flag of the field, and no attribute.
    private static bool IsNotSerialized(IFieldSymbol field)
    {
        var token = field.OriginalDefinition.MetadataToken;
        if (token == 0 || field.ContainingModule?.GetMetadata()?.GetMetadataReader() is not { } reader)
            return false;
        var definition = reader.GetFieldDefinition((FieldDefinitionHandle)MetadataTokens.EntityHandle(token));
        return (definition.Attributes & FieldAttributes.NotSerialized) != 0;
    }
}
