using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Every type that an event carries, directly or inside another, has a form on the wire.</summary>
internal static class ParameterTypeCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, Compilation compilation)
    {
        var reader = new TypeShapeReader(compilation);
        foreach (var method in ContractEvents.DeclaredBy(contract))
        {
            foreach (var parameter in method.Parameters)
            {
                if (UnsupportedPart.Find(reader, parameter) is { } part)
                    yield return new ContractViolation(parameter, parameter.Name, method.Name, part.Path, part.TypeName, part.Reason);
            }
        }
    }
}
