using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds types that put only marked members on the wire.</summary>
internal static class OptIn
{
    private const int MemberSerializationOptIn = 1;

    /// <summary>The attribute that demands marks, as code; null if there is none.</summary>
    public static string? Find(INamedTypeSymbol type) =>
        type.HasAttribute(KnownNames.DataContractAttribute) ? "[DataContract]"
        : type.FindAttribute(KnownNames.NewtonsoftJsonObjectAttribute) is { } newtonsoft
            && newtonsoft.FindArgument("MemberSerialization") is MemberSerializationOptIn ? "[JsonObject(MemberSerialization.OptIn)]"
        : null;
}
