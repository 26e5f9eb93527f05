using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Finds the declarations of an event: the contract's method, its handlers, their overrides, and partial parts.</summary>
internal static class EventDeclarations
{
    public static async Task<IReadOnlyList<IMethodSymbol>> FindAsync(
        IMethodSymbol method, Solution solution, CancellationToken cancellationToken)
    {
        var all = new List<IMethodSymbol> { method };
        var handlers = await SymbolFinder.FindImplementationsAsync(method, solution, null, cancellationToken).ConfigureAwait(false);
        foreach (var handler in handlers.OfType<IMethodSymbol>())
        {
            var overrides = await SymbolFinder.FindOverridesAsync(handler, solution, null, cancellationToken).ConfigureAwait(false);
            all.AddRange(overrides.OfType<IMethodSymbol>().Prepend(handler));
        }

        return [.. all.SelectMany(Parts)];
    }

    private static IEnumerable<IMethodSymbol> Parts(IMethodSymbol method)
    {
        yield return method;
        if ((method.PartialDefinitionPart ?? method.PartialImplementationPart) is { } other)
            yield return other;
    }
}
