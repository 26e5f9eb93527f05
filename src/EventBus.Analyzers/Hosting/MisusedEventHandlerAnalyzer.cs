using EventBus.Generators.Contracts.Checks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Hosting;

/// <summary>EVB3004: a bus can create and call each class with [EventHandler].</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisusedEventHandlerAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.MisusedEventHandler)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols) =>
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (HandlerClass.Attributes(type).FirstOrDefault() is { } attribute
                    && HandlerClass.FindProblem(type, symbol.Compilation) is { } problem)
                {
                    var location = attribute.ApplicationSyntaxReference?.GetSyntax(symbol.CancellationToken).GetLocation();
                    symbol.ReportDiagnostic(Diagnostic.Create(Rule, location, type.Name, problem));
                }
            },
            SymbolKind.NamedType);
}
