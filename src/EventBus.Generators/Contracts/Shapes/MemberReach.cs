using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Decides how code that is generated into the compilation accesses a member. A private member of another assembly is out of reach:
/// it is no part of that assembly's contract, and reference assemblies do not show it.
/// </summary>
internal sealed class MemberReach(Compilation compilation)
{
    public Reach Of(ISymbol? symbol)
    {
        if (symbol is null)
            return Reach.None;
        return compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly) ? Reach.Direct : ByAccessor(symbol);
    }

    // An accessor for a generic type would have to be generic in the same way.
    private Reach ByAccessor(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) && !IsGeneric(symbol.ContainingType)
            ? Reach.Accessor
            : Reach.None;

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.Arity > 0 || IsGeneric(type.ContainingType));
}

/// <summary>How generated code accesses a member or constructor.</summary>
internal enum Reach
{
    /// <summary>Not at all: it is private in another assembly, belongs to a generic type, or does not exist.</summary>
    None,

    /// <summary>By its name.</summary>
    Direct,

    /// <summary>By an <c>[UnsafeAccessor]</c>: it is private, but in the contract's own assembly.</summary>
    Accessor,
}
