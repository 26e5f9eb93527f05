using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Generated code, which stands beside the contract in its namespace, must be able to name it.</summary>
internal static class ReachabilityCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (Obstacle(type) is not { } obstacle)
                continue;

            var isContract = SymbolEqualityComparer.Default.Equals(type, contract);
            return [new ContractViolation(contract, contract.Name, isContract ? $"is {obstacle}" : $"is nested in '{type.Name}', which is {obstacle}")];
        }

        return [];
    }

    private static string? Obstacle(INamedTypeSymbol type) => type switch
    {
        { Arity: > 0 } => "generic",
        { IsFileLocal: true } => "file-local",
        { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal) } => "private or protected",
        _ => null,
    };
}
