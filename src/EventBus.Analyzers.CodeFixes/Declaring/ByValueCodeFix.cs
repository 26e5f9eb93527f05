using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1005: takes <c>ref</c>, <c>in</c> and <c>params</c> from a parameter, in the contract and in its handlers. What an <c>out</c> parameter was meant for, nobody knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ByValueCodeFix() : EventBusCodeFix(DiagnosticIds.ArgumentNotByValue, "Pass the argument by value")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<ParameterSyntax>() is not { } node
            || model.GetDeclaredSymbol(node, cancellationToken) is not { RefKind: not RefKind.Out, ContainingSymbol: IMethodSymbol method } parameter)
            return;

        foreach (var declared in await EventDeclarations.FindAsync(method, document.Project.Solution, cancellationToken).ConfigureAwait(false))
        {
            foreach (var reference in declared.Parameters[parameter.Ordinal].DeclaringSyntaxReferences)
            {
                if (await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is ParameterSyntax syntax)
                    edits.Set(syntax, static current => current.WithModifiers([]).WithLeadingTrivia(current.GetLeadingTrivia()));
            }
        }
    }
}
