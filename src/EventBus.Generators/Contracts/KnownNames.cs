namespace EventBus.Generators.Contracts;

/// <summary>The metadata names that the generator and the analyzers look for.</summary>
internal static class KnownNames
{
    public const string BroadcastEventAttribute = "EventBus.BroadcastEventAttribute";
    public const string EventHandlerAttribute = "EventBus.EventHandlerAttribute";
    public const string EventNameAttribute = "EventBus.EventNameAttribute";
    public const string JournaledAttribute = "EventBus.JournaledAttribute";
    public const string PartitionKeyAttribute = "EventBus.PartitionKeyAttribute";
    public const string EmptyPayloadAttribute = "EventBus.EmptyPayloadAttribute";
    public const string PayloadMembersAttribute = "EventBus.CompilerServices.PayloadMembersAttribute";
    public const string EventContext = "EventBus.EventContext";
    public const string FormatterAttribute = "EventBus.FormatterAttribute";
    public const string Formatter = "EventBus.Serialization.IFormatter`1";
    public const string SingleValueAttribute = "EventBus.SingleValueAttribute";
    public const string JsonPropertyNameAttribute = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonIgnoreAttribute = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonRequiredAttribute = "System.Text.Json.Serialization.JsonRequiredAttribute";
    public const string JsonIncludeAttribute = "System.Text.Json.Serialization.JsonIncludeAttribute";
    public const string JsonConstructorAttribute = "System.Text.Json.Serialization.JsonConstructorAttribute";
    public const string JsonConverterAttribute = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonStringEnumConverter = "System.Text.Json.Serialization.JsonStringEnumConverter";
    public const string JsonStringEnumMemberNameAttribute = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    public const string JsonDerivedTypeAttribute = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonPolymorphicAttribute = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
    public const string JsonNumberHandlingAttribute = "System.Text.Json.Serialization.JsonNumberHandlingAttribute";
    public const string NewtonsoftJsonIgnoreAttribute = "Newtonsoft.Json.JsonIgnoreAttribute";
    public const string NewtonsoftJsonPropertyAttribute = "Newtonsoft.Json.JsonPropertyAttribute";
    public const string NewtonsoftJsonRequiredAttribute = "Newtonsoft.Json.JsonRequiredAttribute";
    public const string NewtonsoftJsonObjectAttribute = "Newtonsoft.Json.JsonObjectAttribute";
    public const string NewtonsoftJsonConstructorAttribute = "Newtonsoft.Json.JsonConstructorAttribute";
    public const string NewtonsoftJsonConverterAttribute = "Newtonsoft.Json.JsonConverterAttribute";
    public const string NewtonsoftStringEnumConverter = "Newtonsoft.Json.Converters.StringEnumConverter";
    public const string DataContractAttribute = "System.Runtime.Serialization.DataContractAttribute";
    public const string DataMemberAttribute = "System.Runtime.Serialization.DataMemberAttribute";
    public const string EnumMemberAttribute = "System.Runtime.Serialization.EnumMemberAttribute";
    public const string IgnoreDataMemberAttribute = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    public const string KeyAttribute = "MessagePack.KeyAttribute";
    public const string IgnoreMemberAttribute = "MessagePack.IgnoreMemberAttribute";
    public const string SerializationConstructorAttribute = "MessagePack.SerializationConstructorAttribute";
    public const string DefaultValueAttribute = "System.ComponentModel.DefaultValueAttribute";
    public const string FlagsAttribute = "System.FlagsAttribute";
    public const string ObsoleteAttribute = "System.ObsoleteAttribute";
    public const string ExperimentalAttribute = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    public const string CLSCompliantAttribute = "System.CLSCompliantAttribute";
    public const string PreviewAttribute = "System.Runtime.Versioning.RequiresPreviewFeaturesAttribute";
    public const string CompilerGeneratedAttribute = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string InlineArrayAttribute = "System.Runtime.CompilerServices.InlineArrayAttribute";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <summary>The attributes that select a constructor. The first one wins.</summary>
    public static readonly string[] ConstructorAttributes =
    [
        JsonConstructorAttribute,
        NewtonsoftJsonConstructorAttribute,
        SerializationConstructorAttribute,
        "MemoryPack.MemoryPackConstructorAttribute",
        "MongoDB.Bson.Serialization.Attributes.BsonConstructorAttribute",
        "Utf8Json.SerializationConstructorAttribute",
        "MsgPack.Serialization.MessagePackDeserializationConstructorAttribute",
        "VYaml.Annotations.YamlConstructorAttribute",
        "PolyType.ConstructorShapeAttribute",
        "LiteDB.BsonCtorAttribute",
    ];

    /// <summary>The types whose own members come before an extension method of the same name.</summary>
    public static readonly string[] SenderTypes =
    [
        "EventBus.Emitter`1",
        "EventBus.BroadcastOperator`1",
        "EventBus.Publisher`1",
        "EventBus.PublisherOperator`1",
        "EventBus.PostOperator`1",
        "EventBus.TransactionOperator`1",
        "EventBus.AckOperator`1",
        "EventBus.AckStreamOperator`1",
        "EventBus.ServerSideOperator`1",
        "EventBus.NodeServerSideOperator`1",
        "EventBus.ServerSideAckOperator`1",
        "EventBus.MeasureOperator`1",
    ];
}
