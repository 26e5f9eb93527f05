using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>One rule that every contract keeps. What it means is written once, in <c>Contracts</c>, where the generator asks for it too.</summary>
public abstract class ContractAnalyzer : EventBusAnalyzer
{
    private protected ContractAnalyzer(DiagnosticDescriptor rule)
        : base(rule)
    {
    }

    private protected sealed override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var shapes = new TypeShapeReader(context.Compilation);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                foreach (var violation in ContractEvents.IsContract(type) ? Find(type, shapes) : [])
                    symbol.ReportDiagnostic(Diagnostic.Create(Rule, violation.Location, violation.Arguments));
            },
            SymbolKind.NamedType);
    }

    private protected abstract IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes);
}
