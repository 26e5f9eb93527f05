using System.Composition;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1009: begins a bus namespace with <c>/</c>, where that is all it lacks. Which part of a long one can go, nobody knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BusNamespaceCodeFix() : EventBusCodeFix(DiagnosticIds.UnusableBusNamespace, "Begin the bus namespace with '/'")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan) is not { } node || model.GetDeclaredSymbol(node, cancellationToken) is not INamedTypeSymbol contract
            || contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.ApplicationSyntaxReference is not { } reference)
            return;

        var name = $"/{BusNamespaceCheck.NameOf(contract)}";
        var attribute = (AttributeSyntax)await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        if (BusNamespaceCheck.WhyUnusable(name) is null && attribute.ArgumentList?.Arguments.Select(static argument => argument.Expression).OfType<LiteralExpressionSyntax>().FirstOrDefault() is { } text)
            edits.Set(text, current => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(current));
    }
}
