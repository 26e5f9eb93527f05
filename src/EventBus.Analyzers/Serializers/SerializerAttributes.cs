using EventBus.Generators.Contracts;

namespace EventBus.Analyzers.Serializers;

/// <summary>
/// The attributes that EventBus follows, wholly or in part, and those that concern nothing that this wire has: positions, schemas,
/// documentation, and the framing of another format. All other attributes of the <see cref="KnownSerializers"/> are reported. The page of
/// EVB1026 has the same table.
/// </summary>
internal static class SerializerAttributes
{
    private const string Json = "System.Text.Json.Serialization.";
    private const string Data = "System.Runtime.Serialization.";
    private const string Xml = "System.Xml.Serialization.";
    private const string Bson = "MongoDB.Bson.Serialization.Attributes.";
    private const string Yaml = "YamlDotNet.Serialization.";

    public static IEnumerable<SerializerAttribute> All =>
    [
        .. Complete(
            KnownNames.JsonIgnoreAttribute,
            KnownNames.JsonDerivedTypeAttribute,
            KnownNames.JsonPolymorphicAttribute,
            KnownNames.JsonStringEnumMemberNameAttribute,
            Json + "JsonPropertyOrderAttribute",
            Json + "JsonSerializableAttribute",
            Json + "JsonSourceGenerationOptionsAttribute"),
        .. Marks(KnownNames.JsonPropertyNameAttribute, KnownNames.JsonIncludeAttribute, KnownNames.JsonRequiredAttribute),

        // AllowNamedFloatingPointLiterals, 4, is followed together with WriteAsString, 2.
        new(KnownNames.JsonNumberHandlingAttribute) { Values = [("handling", [0, 1, 2, 3, 6, 7])] },
        new(Json + "JsonUnmappedMemberHandlingAttribute") { Values = [("unmappedMemberHandling", [0])] },

        .. Complete(KnownNames.NewtonsoftJsonIgnoreAttribute),
        .. Marks(KnownNames.NewtonsoftJsonRequiredAttribute),
        new(KnownNames.NewtonsoftJsonPropertyAttribute)
        {
            IsMark = true,
            Arguments = ["PropertyName", "Order"],
            Values =
            [
                ("Required", [0, 1, 2, 3]), ("NullValueHandling", [0, 1]), ("DefaultValueHandling", [0, 1]), ("IsReference", [false]),
            ],
        },
        new(KnownNames.NewtonsoftJsonObjectAttribute)
        {
            Arguments = ["Id", "Title", "Description"],
            Values = [("MemberSerialization", [0, 1]), ("IsReference", [false]), ("MissingMemberHandling", [0])],
        },

        .. Complete(KnownNames.IgnoreDataMemberAttribute, KnownNames.EnumMemberAttribute, Data + "OptionalFieldAttribute"),
        .. Marks(KnownNames.DataMemberAttribute),
        new(KnownNames.DataContractAttribute) { Arguments = ["Name", "Namespace"], Values = [("IsReference", [false])] },
        new(Data + "KnownTypeAttribute") { ListsTypes = true },

        .. Complete(
            Xml + "XmlArrayItemAttribute",
            Xml + "XmlIgnoreAttribute",
            Xml + "XmlRootAttribute",
            Xml + "XmlSerializerAssemblyAttribute",
            Xml + "XmlSerializerVersionAttribute",
            Xml + "XmlTextAttribute",
            Xml + "XmlTypeAttribute",
            Xml + "SoapIgnoreAttribute",
            Xml + "SoapTypeAttribute"),
        new(Xml + "XmlElementAttribute") { Names = ["ElementName"], Arguments = ["Order", "IsNullable", "Namespace", "Form"] },
        new(Xml + "XmlAttributeAttribute") { Names = ["AttributeName"], Arguments = ["Namespace", "Form"] },
        new(Xml + "XmlArrayAttribute") { Names = ["ElementName"], Arguments = ["Order", "IsNullable", "Namespace", "Form"] },
        new(Xml + "XmlEnumAttribute") { Names = ["Name"] },
        new(Xml + "XmlIncludeAttribute") { ListsTypes = true },
        new(Xml + "SoapElementAttribute") { Names = ["ElementName"], Arguments = ["IsNullable"] },
        new(Xml + "SoapEnumAttribute") { Names = ["Name"] },
        new(Xml + "SoapIncludeAttribute") { ListsTypes = true },
        .. Complete("System.Web.Script.Serialization.ScriptIgnoreAttribute"),

        .. Complete(KnownNames.IgnoreMemberAttribute, "MessagePack.MessagePackObjectAttribute"),
        .. Marks(KnownNames.KeyAttribute, "Nerdbank.MessagePack.KeyAttribute"),
        new("MessagePack.UnionAttribute") { ListsTypes = true },
        .. Complete("PolyType.GenerateShapeAttribute", "MsgPack.Serialization.MessagePackIgnoreAttribute"),
        new("PolyType.PropertyShapeAttribute") { Names = ["Name"], Arguments = ["Ignore", "Order"], IsMark = true },
        new("PolyType.DerivedTypeShapeAttribute") { ListsTypes = true },
        new("MsgPack.Serialization.MessagePackMemberAttribute") { Names = ["Name"], Arguments = ["Id"], IsMark = true },

        .. Complete(
            "MemoryPack.MemoryPackableAttribute",
            "MemoryPack.MemoryPackIgnoreAttribute",
            "MemoryPack.MemoryPackOrderAttribute",
            "MemoryPack.MemoryPackAllowSerializeAttribute",
            "MemoryPack.SuppressDefaultInitializationAttribute",
            "MemoryPack.GenerateTypeScriptAttribute"),
        .. Marks("MemoryPack.MemoryPackIncludeAttribute"),
        new("MemoryPack.MemoryPackUnionAttribute") { ListsTypes = true },

        .. Complete(
            "ProtoBuf.ProtoIgnoreAttribute",
            "ProtoBuf.ProtoPartialIgnoreAttribute",
            "ProtoBuf.ProtoMapAttribute",
            "ProtoBuf.ProtoReservedAttribute",
            "ProtoBuf.CompatibilityLevelAttribute",
            "ProtoBuf.NullWrappedValueAttribute",
            "ProtoBuf.NullWrappedCollectionAttribute"),
        new("ProtoBuf.ProtoContractAttribute")
        {
            Arguments =
            [
                "Name", "Origin", "DataMemberOffset", "ImplicitFirstTag", "InferTagFromName", "IsGroup", "SkipConstructor",
                "UseProtoMembersOnly", "IgnoreListHandling", "IgnoreUnknownSubTypes", "EnumPassthru",
            ],
            Values = [("ImplicitFields", [0, 1])],
        },
        new("ProtoBuf.ProtoMemberAttribute")
        {
            IsMark = true,
            Arguments = ["Tag", "Name", "DataFormat", "IsPacked", "IsRequired", "Options", "OverwriteList"],
        },
        new("ProtoBuf.ProtoPartialMemberAttribute") { Arguments = ["Tag", "MemberName", "Name", "DataFormat", "IsPacked", "IsRequired"] },
        new("ProtoBuf.ProtoEnumAttribute") { Arguments = ["Name"] },
        new("ProtoBuf.ProtoIncludeAttribute") { ListsTypes = true },

        .. Complete(
            "Orleans.GenerateSerializerAttribute",
            "Orleans.AliasAttribute",
            "Orleans.ImmutableAttribute",
            "Orleans.Concurrency.ImmutableAttribute",
            "Orleans.SuppressReferenceTrackingAttribute",
            "Orleans.GeneratedActivatorConstructorAttribute"),
        .. Marks("Orleans.IdAttribute"),

        .. Complete(Bson + "BsonIgnoreAttribute", Bson + "BsonNoIdAttribute", Bson + "BsonIgnoreExtraElementsAttribute"),
        new(Bson + "BsonElementAttribute") { Names = ["ElementName"], Arguments = ["Order"], IsMark = true },
        new(Bson + "BsonDiscriminatorAttribute") { ListsTypes = true },
        new(Bson + "BsonKnownTypesAttribute") { ListsTypes = true },
        .. Complete("LiteDB.BsonIgnoreAttribute"),
        new("LiteDB.BsonFieldAttribute") { Names = ["Name"], IsMark = true },

        .. Complete(Yaml + "YamlIgnoreAttribute", Yaml + "YamlSerializableAttribute", Yaml + "YamlStaticContextAttribute"),
        new(Yaml + "YamlMemberAttribute")
        {
            Names = ["Alias"],
            Arguments = ["Order", "Description", "ScalarStyle", "ApplyNamingConventions"],
            IsMark = true,
        },
        .. Complete("VYaml.Annotations.YamlIgnoreAttribute"),
        new("VYaml.Annotations.YamlObjectAttribute") { Values = [("namingConvention", [0])] },
        new("VYaml.Annotations.YamlObjectUnionAttribute") { ListsTypes = true },
        new("VYaml.Annotations.YamlMemberAttribute") { Names = ["Name"], Arguments = ["Order"], IsMark = true },
        new("Jil.JilDirectiveAttribute") { Names = ["Name"], Arguments = ["Ignore"], IsMark = true },
    ];

    private static IEnumerable<SerializerAttribute> Complete(params string[] names) =>
        names.Select(static name => new SerializerAttribute(name) { IsComplete = true });

    private static IEnumerable<SerializerAttribute> Marks(params string[] names) =>
        names.Select(static name => new SerializerAttribute(name) { IsComplete = true, IsMark = true });
}
