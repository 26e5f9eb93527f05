using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Using;

/// <summary>Finds the method that handles an event of a contract.</summary>
internal static class HandlerMethod
{
    /// <summary>The method that the type declares or inherits: the last override, and the part of a partial method with a body.</summary>
    public static IMethodSymbol? Find(INamedTypeSymbol type, IMethodSymbol declared)
    {
        if (type.FindImplementationForInterfaceMember(declared) is not IMethodSymbol found)
            return null;
        var handler = type.GetMembers(found.Name).OfType<IMethodSymbol>().FirstOrDefault(member => Overrides(member, found)) ?? found;
        return handler.PartialImplementationPart ?? handler;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol inherited)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current, inherited))
                return true;
        }

        return false;
    }
}
