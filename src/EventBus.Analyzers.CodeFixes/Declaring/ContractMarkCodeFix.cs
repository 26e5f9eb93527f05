using System.Composition;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1010: marks the interfaces that a contract inherits. A generic interface cannot be a contract.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ContractMarkCodeFix() : EventBusCodeFix(
    DiagnosticIds.InheritedInterfaceIsNoContract, "Mark the inherited interface [BroadcastEvent]")
{
    private protected override async Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken)
    {
        if (place.Declared<INamedTypeSymbol>(cancellationToken) is not { } contract)
            return;

        var compilation = place.Model.Compilation;
        foreach (var inherited in contract.Interfaces.Where(static type => !type.IsGenericType && !ContractEvents.IsContract(type)))
        {
            if (inherited.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
                || await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false) is not InterfaceDeclarationSyntax declaration
                || !compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                continue;
            edits.Set(declaration, current => AttributeEdit.Add(current, "BroadcastEvent", UsingDirectives.EndOfLine(declaration)));
            edits.Import(compilation.GetSemanticModel(declaration.SyntaxTree), declaration, "EventBus", "BroadcastEventAttribute");
        }
    }
}
