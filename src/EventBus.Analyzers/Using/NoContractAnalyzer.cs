using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2009: the type argument of an emitter or publisher is a contract.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoContractAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.NoContract)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols) =>
        context.RegisterSyntaxNodeAction(
            node =>
            {
                // The types Emitter<T> and Publisher<T>, and the methods of this name.
                if (node.Node is not GenericNameSyntax { Identifier.Text: "Emitter" or "Publisher" } name
                    || name.TypeArgumentList.Arguments.Count != 1)
                    return;
                var argument = name.TypeArgumentList.Arguments[0];
                var used = node.SemanticModel.GetSymbolInfo(name, node.CancellationToken).Symbol;
                if (!symbols.Has(used as ITypeSymbol ?? used?.ContainingType)
                    || node.SemanticModel.GetTypeInfo(argument, node.CancellationToken).Type is not INamedTypeSymbol type
                    || type.TypeKind == TypeKind.Error
                    || ContractEvents.IsContract(type))
                    return;
                var remedy = type.TypeKind == TypeKind.Interface ? "mark it with" : "use an interface with";
                node.ReportDiagnostic(Diagnostic.Create(Rule, argument.GetLocation(), type.Name, remedy));
            },
            SyntaxKind.GenericName);
}
