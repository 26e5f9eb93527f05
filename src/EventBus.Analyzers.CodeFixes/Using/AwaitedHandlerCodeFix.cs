using System.Composition;
using EventBus.Analyzers.Using;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.CodeFixes.Using;

/// <summary>EVB2001: makes a <c>ValueTask</c> of the <c>void</c> of an event and of its handlers. Only where all of them are <c>async</c>, as the others would need another body, and none is made a delegate, which would need another type.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitedHandlerCodeFix() : EventBusCodeFix(DiagnosticIds.AsyncVoidHandler, "Return ValueTask in the contract and its handlers")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan) is not MethodDeclarationSyntax node || model.GetDeclaredSymbol(node, cancellationToken) is not { } handler)
            return;

        foreach (var method in EventsOf(handler))
        {
            var all = await EventDeclarations.FindAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false);
            if (all.Any(static current => current.DeclaringSyntaxReferences.IsEmpty || current is { IsAsync: false, IsAbstract: false, PartialImplementationPart: null }))
                continue;
            var uses = await EventUses.FindAsync(all, document.Project.Solution, cancellationToken).ConfigureAwait(false);
            if (uses.Any(static use => use is IMethodReferenceOperation))
                continue;
            foreach (var reference in all.SelectMany(static current => current.DeclaringSyntaxReferences))
            {
                if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is MethodDeclarationSyntax declaration)
                    await ReturnTaskAsync(declaration, document.Project.Solution, edits, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<IMethodSymbol> EventsOf(IMethodSymbol handler)
    {
        var type = handler.ContainingType;
        if (type.TypeKind == TypeKind.Interface)
            return [handler];
        return type.AllInterfaces.Where(ContractEvents.IsContract).SelectMany(ContractEvents.DeclaredBy)
            .Where(method => SymbolEqualityComparer.Default.Equals(HandlerMethod.Find(type, method), handler));
    }

    private static async Task ReturnTaskAsync(MethodDeclarationSyntax declaration, Solution solution, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (solution.GetDocument(declaration.SyntaxTree) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return;
        edits.Set(declaration.ReturnType, static current => SyntaxFactory.IdentifierName("ValueTask").WithTriviaFrom(current));
        edits.Import(model, declaration, "System.Threading.Tasks", "ValueTask");
    }
}
