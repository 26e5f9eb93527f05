using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>An event's name is not empty and not one that Socket.IO keeps for itself.</summary>
internal static class EventNameCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        let name = WireName.OfEvent(method)
        where name.Length == 0 || ReservedEventNames.Contains(name)
        select new ContractViolation(method, method.Name, name, name.Length == 0 ? "empty" : "reserved by Socket.IO");
}
