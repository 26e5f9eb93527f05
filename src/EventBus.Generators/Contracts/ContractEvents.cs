using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Which methods of an interface are events.</summary>
internal static class ContractEvents
{
    public static bool IsContract(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface && type.HasAttribute(KnownNames.BroadcastEventAttribute);

    public static bool IsEvent(IMethodSymbol method) => method is
    {
        MethodKind: MethodKind.Ordinary,
        IsStatic: false,
        IsGenericMethod: false,
        DeclaredAccessibility: Accessibility.Public,
    } and ({ IsAbstract: true } or { IsVirtual: true });

    /// <summary>The events that the interface itself declares, in the order of their declaration.</summary>
    public static IEnumerable<IMethodSymbol> DeclaredBy(INamedTypeSymbol contract) => contract.GetMembers().OfType<IMethodSymbol>().Where(IsEvent);

    /// <summary>Its own events, then those it inherits; what it inherits on two ways comes once.</summary>
    public static IEnumerable<IMethodSymbol> Of(INamedTypeSymbol contract) => DeclaredBy(contract).Concat(contract.AllInterfaces.SelectMany(DeclaredBy));
}
