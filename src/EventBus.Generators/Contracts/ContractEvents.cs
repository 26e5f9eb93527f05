using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Finds contracts and the methods that are their events.</summary>
internal static class ContractEvents
{
    public static bool IsContract(INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.HasAttribute(KnownNames.BroadcastEventAttribute);

    /// <summary>The contracts that an assembly declares.</summary>
    public static IEnumerable<INamedTypeSymbol> DeclaredIn(IAssemblySymbol assembly) => Types(assembly.GlobalNamespace).Where(IsContract);

    public static bool IsEvent(IMethodSymbol method) => method is
    {
        MethodKind: MethodKind.Ordinary,
        IsStatic: false,
        IsGenericMethod: false,
        DeclaredAccessibility: Accessibility.Public,
    } and ({ IsAbstract: true } or { IsVirtual: true });

    /// <summary>The events that the interface itself declares, in the order of their declaration.</summary>
    public static IEnumerable<IMethodSymbol> DeclaredBy(INamedTypeSymbol contract) =>
        contract.GetMembers().OfType<IMethodSymbol>().Where(IsEvent);

    /// <summary>The contract's own events, then the inherited ones; an event that is inherited in two ways comes once.</summary>
    public static IEnumerable<IMethodSymbol> Of(INamedTypeSymbol contract) => DeclaredBy(contract).Concat(InheritedBy(contract));

    /// <summary>The inherited events, then the contract's own: of two events that clash, the contract's own comes second.</summary>
    public static IEnumerable<IMethodSymbol> InheritedFirst(INamedTypeSymbol contract) =>
        InheritedBy(contract).Concat(DeclaredBy(contract));

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(static member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static IEnumerable<IMethodSymbol> InheritedBy(INamedTypeSymbol contract) => contract.AllInterfaces.SelectMany(DeclaredBy);
}
