using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Finds the code that calls the method of an event, of the contract or of a handler, or makes a delegate of it.</summary>
internal static class EventUses
{
    public static async Task<IReadOnlyList<IOperation>> FindAsync(
        IEnumerable<IMethodSymbol> declared, Solution solution, CancellationToken cancellationToken)
    {
        var uses = new List<IOperation>();
        foreach (var method in declared)
        {
            var found = await SymbolFinder.FindReferencesAsync(method, solution, cancellationToken).ConfigureAwait(false);

            // Generated code is generated again after the contract has changed.
            var locations = found.SelectMany(static symbol => symbol.Locations);
            foreach (var location in locations.Where(static location => location.Document is not SourceGeneratedDocument))
            {
                if (await FindAsync(location, cancellationToken).ConfigureAwait(false) is { } use)
                    uses.Add(use);
            }
        }

        return uses;
    }

    private static async Task<IOperation?> FindAsync(ReferenceLocation location, CancellationToken cancellationToken)
    {
        var root = await location.Document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await location.Document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var node = root?.FindNode(location.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
        if (model is null || node is not SimpleNameSyntax name)
            return null;

        ExpressionSyntax method = name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => access,
            MemberBindingExpressionSyntax binding => binding,
            _ => name,
        };
        var isCalled = method.Parent is InvocationExpressionSyntax call && call.Expression == method;
        return model.GetOperation(isCalled ? method.Parent! : method, cancellationToken);
    }
}
