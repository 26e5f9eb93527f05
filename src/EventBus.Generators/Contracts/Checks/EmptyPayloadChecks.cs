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
        from item in Events(contract, reader.Compilation.Assembly)
        from carried in reader.ReadCarried(item.Event)
        from part in TypeParts.Of(reader, carried.Shape, carried.Name)
        let fault = Fault(part)
        where fault is not null
        let name = $"{item.Event.ContainingType.Name}.{item.Event.Name}"
        select new ContractViolation(item.Place ?? carried.Symbol, part.Path, name, fault);

    // Events that the contract inherits from another assembly have formatters in this one, too. These do not see internal members.
    private static IEnumerable<(IMethodSymbol Event, ISymbol? Place)> Events(INamedTypeSymbol contract, IAssemblySymbol own)
    {
        var inherited = from other in contract.AllInterfaces
                        where ContractEvents.IsContract(other) && !SymbolEqualityComparer.Default.Equals(other.ContainingAssembly, own)
                        from method in ContractEvents.DeclaredBy(other)
                        select (method, (ISymbol?)contract);
        return ContractEvents.DeclaredBy(contract).Select(static method => (method, (ISymbol?)null)).Concat(inherited);
    }

    // The end of a sentence that begins with the path; null if the part is not at fault.
    private static string? Fault(TypePart part)
    {
        if (part is not { Shape: TypeShape.Payload { Type: var type }, Members: { Problem: null, Members: var members } })
            return null;

        var name = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        var isMarked = type.HasAttribute(KnownNames.EmptyPayloadAttribute);
        if (!members.IsEmpty)
        {
            return isMarked && !part.IsRepeated
                ? $"has members, but its type '{name}' is marked with [EmptyPayload]; remove the attribute"
                : null;
        }

        var reason = $"because no member of its type '{name}' is written; declare public properties,";
        return isMarked ? null
            : !part.IsCase
            ? $"is sent without any value, {reason} add a [Formatter], or mark the type with [EmptyPayload] if it has no state"
            : PayloadMembers.HasState(type) ? $"is sent with its discriminator only, {reason} or mark each field that is not for receivers "
                + "with [JsonIgnore]"
            : null;
    }
}
