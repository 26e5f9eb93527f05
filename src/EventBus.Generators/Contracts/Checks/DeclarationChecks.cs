using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks the declaration of the interface itself: its accessibility, its base interfaces and its bus namespace.</summary>
internal static class DeclarationChecks
{
    /// <summary>EVB1001: generated code stands beside the contract, in its namespace, and must be able to name it.</summary>
    public static IEnumerable<ContractViolation> FindUnreachable(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (Obstacle(type) is not { } obstacle)
                continue;

            var isContract = SymbolEqualityComparer.Default.Equals(type, contract);
            var reason = isContract ? $"is {obstacle}" : $"is nested in '{type.Name}', which is {obstacle}";
            return [new ContractViolation(contract, contract.Name, reason)];
        }

        return [];
    }

    /// <summary>EVB1010: the methods of a base interface are sent as events of the contract, so it must be a contract as well.</summary>
    public static IEnumerable<ContractViolation> FindInheritedNonContracts(INamedTypeSymbol contract) =>
        from inherited in contract.Interfaces
        where !ContractEvents.IsContract(inherited)
        select new ContractViolation(contract, contract.Name, inherited.Name);

    /// <summary>EVB1009: PostgreSQL can have a channel for the bus namespace.</summary>
    public static IEnumerable<ContractViolation> FindUnusableNamespace(INamedTypeSymbol contract)
    {
        var name = BusNamespace.Of(contract);
        if (BusNamespace.WhyUnusable(name) is { } reason)
            yield return new ContractViolation(contract, name.Replace("\0", "\\0"), contract.Name, reason);
    }

    private static string? Obstacle(INamedTypeSymbol type) => type switch
    {
        { Arity: > 0 } => "generic",
        { IsFileLocal: true } => "file-local",
        { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal } => null,
        _ => "private or protected",
    };
}
