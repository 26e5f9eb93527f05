using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>
/// Finds members that another serializer leaves out, because they have no mark. EventBus sends public members, unless the type has
/// <c>[DataContract]</c> or <c>[JsonObject(MemberSerialization.OptIn)]</c>.
/// </summary>
internal static class OptInFaults
{
    private const string ProtoContract = "ProtoBuf.ProtoContractAttribute";
    private const string ProtoPartialMember = "ProtoBuf.ProtoPartialMemberAttribute";
    private const string GenerateSerializer = "Orleans.GenerateSerializerAttribute";

    public static IEnumerable<string> Find(PayloadMember member)
    {
        var type = member.Symbol.ContainingType;
        var attributes = DeclaredAttributes.Of(member.Symbol);
        if (type.FindAttribute(ProtoContract) is { } proto && !IsImplicit(proto) && !attributes.Any(IsMarkOfProtobuf) && !IsListed(member))
            yield return AttributeFaults.NotMarked(proto);
        if (type.FindAttribute(GenerateSerializer) is { } orleans
            && orleans.FindNamed("GenerateFieldIds") is null or 0
            && attributes.All(static attribute => KnownSerializers.OwnerOf(attribute) != "Orleans")
            && !IsPositional(member.Symbol))
            yield return AttributeFaults.NotMarked(orleans);
    }

    private static bool IsImplicit(AttributeData proto) =>
        proto.FindNamed("ImplicitFields") is > 0 || proto.FindNamed("InferTagFromName") is true;

    // protobuf-net also takes positions from the attributes of other serializers.
    private static bool IsMarkOfProtobuf(AttributeData attribute) =>
        KnownSerializers.OwnerOf(attribute) is "protobuf-net" or "XmlSerializer"
        || attribute.AttributeClass?.IsNamed(KnownNames.DataMemberAttribute) is true;

    private static bool IsListed(PayloadMember member) => member.Symbol.ContainingType.GetAttributes().Any(attribute =>
        attribute.AttributeClass?.IsNamed(ProtoPartialMember) is true
        && attribute.FindArgument("MemberName") as string == member.Symbol.Name);

    // Orleans includes the parameters of a record.
    private static bool IsPositional(ISymbol symbol) =>
        symbol is IPropertySymbol property && DeclaredAttributes.Beside(property).OfType<IParameterSymbol>().Any();
}
