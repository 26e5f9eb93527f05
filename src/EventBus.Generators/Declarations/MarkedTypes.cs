using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// Finds the types that have an attribute. Roslyn's own ForAttributeWithMetadataName finds them in steps that run after every edit, also
/// of a body.
/// </summary>
internal static class MarkedTypes
{
    /// <summary>The types, each once, in the order of the first part that has an attribute of this or a similar name.</summary>
    public static IEnumerable<INamedTypeSymbol> Find(
        Compilation compilation, string attributeName, TypeKind kind, CancellationToken cancellationToken)
    {
        var simpleName = attributeName.Substring(attributeName.LastIndexOf('.') + 1);
        var globalAliases = new HashSet<string>(
            compilation.SyntaxTrees.SelectMany(static tree => AttributedTypes.In(tree).GlobalAliases), StringComparer.Ordinal);
        return compilation.SyntaxTrees
            .SelectMany(tree => AttributedTypes.In(tree).ThatMayHave(simpleName, globalAliases))
            .Select(Symbol)
            .OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Where(symbol => symbol.TypeKind == kind && symbol.HasAttribute(attributeName));

        INamedTypeSymbol? Symbol(SyntaxNode type)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return compilation.GetSemanticModel(type.SyntaxTree).GetDeclaredSymbol(type, cancellationToken) as INamedTypeSymbol;
        }
    }
}
