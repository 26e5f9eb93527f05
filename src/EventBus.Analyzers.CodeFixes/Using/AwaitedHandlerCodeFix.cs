using System.Composition;
using EventBus.Analyzers.Using;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>
/// EVB2001: changes the return type of an event and its handlers from <c>void</c> to <c>ValueTask</c>. There is a fix only if all handlers
/// are <c>async</c>, because others would need another body, and if none is made a delegate, which would need another type.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedHandlerCodeFix() : EventBusCodeFix(
    DiagnosticIds.AsyncVoidHandler, "Return ValueTask in the contract and its handlers")
{
    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Declared<IMethodSymbol>(cancellationToken) is not { } handler)
            return;

        foreach (var method in EventsOf(handler))
        {
            var all = await EventDeclarations.FindAsync(method, place.Solution, cancellationToken).ConfigureAwait(false);
            if (all.Any(static declared => !CanReturnTask(declared)))
                continue;
            var uses = await EventUses.FindAsync(all, place.Solution, cancellationToken).ConfigureAwait(false);
            if (uses.Any(static use => use is IMethodReferenceOperation))
                continue;
            foreach (var reference in all.SelectMany(static declared => declared.DeclaringSyntaxReferences))
            {
                if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is MethodDeclarationSyntax declaration)
                    await ReturnTaskAsync(declaration, place.Solution, edits, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool CanReturnTask(IMethodSymbol method) =>
        !method.DeclaringSyntaxReferences.IsEmpty && (method.IsAsync || method.IsAbstract || method.PartialImplementationPart is not null);

    private static IEnumerable<IMethodSymbol> EventsOf(IMethodSymbol handler)
    {
        var type = handler.ContainingType;
        if (type.TypeKind == TypeKind.Interface)
            return [handler];
        return type.AllInterfaces.Where(ContractEvents.IsContract).SelectMany(ContractEvents.DeclaredBy)
            .Where(method => SymbolEqualityComparer.Default.Equals(HandlerMethod.Find(type, method), handler));
    }

    private static async Task ReturnTaskAsync(
        MethodDeclarationSyntax declaration, Solution solution, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(declaration.SyntaxTree) is not { } document
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return;
        edits.Set(declaration.ReturnType, static current => SyntaxFactory.IdentifierName("ValueTask").WithTriviaFrom(current));
        edits.Import(model, declaration, "System.Threading.Tasks", "ValueTask");
    }
}
