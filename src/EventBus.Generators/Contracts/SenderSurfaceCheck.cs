using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The senders are extension methods: a member of the type they extend that has an event's name would be called in their place.</summary>
internal static class SenderSurfaceCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, Compilation compilation)
    {
        // Asked of the compilation, so that the list never falls behind the types.
        var taken = KnownNames.SenderTypes
            .SelectMany(name => compilation.GetTypesByMetadataName(name))
            .SelectMany(Members)
            .Where(static member => member.CanBeReferencedByName && member.DeclaredAccessibility == Accessibility.Public)
            .ToLookup(static member => member.Name, static member => member.ContainingType.Name);

        return from method in ContractEvents.DeclaredBy(contract)
               where taken.Contains(method.Name)
               select new ContractViolation(method, method.Name, taken[method.Name].First());
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
                yield return member;
        }
    }
}
