using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Generated code, which stands beside the contract in its namespace, must be able to name it.</summary>
internal static class ReachabilityCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (type.IsGenericType)
                yield return new ContractViolation(contract, contract.Name, type.Equals(contract, SymbolEqualityComparer.Default) ? "is generic" : $"is nested in the generic type '{type.Name}'");
            if (type.IsFileLocal)
                yield return new ContractViolation(contract, contract.Name, type.Equals(contract, SymbolEqualityComparer.Default) ? "is file-local" : $"is nested in the file-local type '{type.Name}'");
            if (type.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                yield return new ContractViolation(contract, contract.Name, type.Equals(contract, SymbolEqualityComparer.Default) ? "is private or protected" : $"is nested in '{type.Name}', which is private or protected");
        }
    }
}
