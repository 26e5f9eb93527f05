using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>A receiver tells events by their names alone, so a contract has each name once: overloads need <c>[EventName]</c>.</summary>
internal static class DuplicateNameCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        var first = new Dictionary<string, IMethodSymbol>();

        // Inherited events come first: it is the contract's own that clashes with them.
        var events = contract.AllInterfaces.SelectMany(ContractEvents.DeclaredBy).Concat(ContractEvents.DeclaredBy(contract));
        foreach (var method in events)
        {
            var name = WireName.OfEvent(method);
            if (!first.TryGetValue(name, out var other))
            {
                first.Add(name, method);
                continue;
            }

            // Where both are inherited, the contract that brings them together is to blame.
            var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract);
            yield return new ContractViolation(isOwn ? method : contract, Display(method), name, Display(other), contract.Name);
        }
    }

    private static string Display(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
