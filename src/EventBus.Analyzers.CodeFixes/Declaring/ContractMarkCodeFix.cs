using System.Composition;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1010: marks the interfaces that a contract inherits. A generic one cannot be a contract.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ContractMarkCodeFix() : EventBusCodeFix(DiagnosticIds.InheritedInterfaceIsNoContract, "Mark the inherited interface [BroadcastEvent]")
{
    private protected override async Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken)
    {
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (model is null || root?.FindNode(diagnostic.Location.SourceSpan) is not { } node || model.GetDeclaredSymbol(node, cancellationToken) is not INamedTypeSymbol contract)
            return;

        foreach (var inherited in contract.Interfaces.Where(static inherited => !inherited.IsGenericType && !ContractEvents.IsContract(inherited)))
        {
            if (inherited.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
                || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not InterfaceDeclarationSyntax declaration
                || !model.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                continue;
            edits.Set(declaration, current => AttributeEdit.Add(current, "BroadcastEvent", UsingDirectives.EndOfLine(declaration)));
            edits.Import(model.Compilation.GetSemanticModel(declaration.SyntaxTree), declaration, "EventBus", "BroadcastEventAttribute");
        }
    }
}
