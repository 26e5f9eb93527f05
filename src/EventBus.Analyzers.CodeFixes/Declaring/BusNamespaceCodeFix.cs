using System.Composition;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1009: puts a <c>/</c> in front of a bus namespace. There is no fix for a name that is too long.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BusNamespaceCodeFix() : EventBusCodeFix(DiagnosticIds.UnusableBusNamespace, "Start the bus namespace with '/'")
{
    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Declared<INamedTypeSymbol>(cancellationToken) is not { } contract
            || contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.ApplicationSyntaxReference is not { } reference)
            return;

        var name = $"/{BusNamespace.Of(contract)}";
        var attribute = (AttributeSyntax)await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
        var literals = attribute.ArgumentList?.Arguments.Select(static argument => argument.Expression).OfType<LiteralExpressionSyntax>();
        if (BusNamespace.WhyUnusable(name) is null && literals?.FirstOrDefault() is { } literal)
        {
            var prefixed = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));
            edits.Set(literal, current => prefixed.WithTriviaFrom(current));
        }
    }
}
