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
        let fault = Fault(part, reader.Compilation.Assembly)
        where fault is not null
        select new ContractViolation(carried.Symbol, part.Path, $"{contract.Name}.{method.Name}", fault);

    // The end of a sentence that begins with the path; null if the part is not at fault.
    private static string? Fault(TypePart part, IAssemblySymbol own)
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

        // The compiler shows all fields of structs, also of those of other assemblies.
        var isForeign = !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, own);
        if (isMarked || (type.IsValueType && isForeign && !PayloadMembers.HasFields(type)))
            return null;

        var reason = $"because no member of its type '{name}' is written; declare public properties,";
        if (!part.IsCase)
            return $"is sent without any value, {reason} add a [Formatter], or mark the type with [EmptyPayload] if it has no state";
        return PayloadMembers.State(type, own).Any()
            ? $"is sent with its discriminator only, {reason} or mark each field that is not for receivers with [JsonIgnore]"
            : null;
    }
}
