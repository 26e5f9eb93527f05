using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks that every class and struct that an event carries has something to write.</summary>
internal static class EmptyPayloadChecks
{
    /// <summary>
    /// EVB1018: a payload has a member to write, or is marked with <c>[EmptyPayload]</c>. Of a union's case, the discriminator is written:
    /// it needs no member if it has no state.
    /// </summary>
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from carried in reader.ReadCarried(method)
        from part in TypeParts.Of(reader, carried.Shape, carried.Name)
        where part is { Shape: TypeShape.Payload, Members: { Problem: null, Members.IsEmpty: true } }
        let type = ((TypeShape.Payload)part.Shape).Type
        where !type.HasAttribute(KnownNames.EmptyPayloadAttribute) && (!part.IsCase || PayloadMembers.HasState(type))
        let name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
        select new ContractViolation(carried.Symbol, part.Path, $"{contract.Name}.{method.Name}", name);
}
