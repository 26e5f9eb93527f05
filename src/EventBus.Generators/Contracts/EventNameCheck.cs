using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>An event's name is not empty and not one that Socket.IO keeps for itself.</summary>
internal static class EventNameCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        let name = WireName.OfEvent(method)
        let reason = name.Length == 0 ? "that name is empty" : ReservedEventNames.Contains(name) ? "that name is reserved by Socket.IO" : WireText.IsBroken(name) ? WireText.Broken : null
        where reason is not null
        select new ContractViolation(method, method.Name, name, reason);
}
