using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The senders are extension methods: a member of the type they extend that has an event's name would be called in their place.</summary>
internal static class SenderSurfaceCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, Compilation compilation)
    {
        // Asked of the compilation, so that the list never falls behind the types.
        var senders = KnownNames.SenderTypes.SelectMany(name => compilation.GetTypesByMetadataName(name)).ToList();
        return from method in ContractEvents.DeclaredBy(contract)
               let hiding = senders.SelectMany(sender => Members(sender, method.Name)).FirstOrDefault(static member => member.CanBeReferencedByName && member.DeclaredAccessibility == Accessibility.Public)
               where hiding is not null
               select new ContractViolation(method, method.Name, hiding.ContainingType.Name);
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
                yield return member;
        }
    }
}
