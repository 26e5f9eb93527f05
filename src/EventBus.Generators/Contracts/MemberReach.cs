using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Tells what code that is generated into the compilation can get at. What is private in another assembly it cannot: that is not part of what the assembly promised, nor of what it shows.</summary>
internal sealed class MemberReach(Compilation compilation)
{
    public Reach Of(ISymbol? symbol)
    {
        if (symbol is null)
            return Reach.None;
        return compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly) ? Reach.Direct : ByAccessor(symbol);
    }

    // An accessor of a generic type would have to be as generic.
    private Reach ByAccessor(ISymbol symbol) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly) && !IsGeneric(symbol.ContainingType) ? Reach.Accessor : Reach.None;

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.Arity > 0 || IsGeneric(type.ContainingType));
}
