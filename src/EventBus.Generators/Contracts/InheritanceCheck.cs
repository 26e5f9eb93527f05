using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What a contract inherits is sent as its own events, so it must have been meant as events.</summary>
internal static class InheritanceCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from inherited in contract.Interfaces
        where !ContractEvents.IsContract(inherited)
        select new ContractViolation(contract, contract.Name, inherited.Name);
}
