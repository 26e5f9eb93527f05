using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

/// <summary>The assemblies that declare the attributes of serializers. Their packages are references of the test project.</summary>
internal static class SerializerPackages
{
    private static readonly string[] Names =
    [
        "AWSSDK.DynamoDBv2",
        "CsvHelper",
        "LiteDB",
        "MemoryPack.Core",
        "MessagePack.Annotations",
        "Microsoft.Extensions.DependencyInjection.Abstractions", // has the base class of an attribute of Orleans
        "MongoDB.Bson",
        "Nerdbank.MessagePack",
        "Nest",
        "Newtonsoft.Json",
        "Orleans.Serialization.Abstractions",
        "PolyType",
        "protobuf-net.Core",
        "SharpYaml",
        "YamlDotNet",
    ];

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Names.Select(static name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))),
    ];
}
