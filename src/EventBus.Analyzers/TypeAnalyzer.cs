using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers;

/// <summary>One rule about types.</summary>
public abstract class TypeAnalyzer : EventBusAnalyzer
{
    private protected TypeAnalyzer(DiagnosticDescriptor rule)
        : base(rule)
    {
    }

    private protected sealed override void Start(CompilationStartAnalysisContext context, BusSymbols symbols) =>
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);

    private protected abstract void AnalyzeType(SymbolAnalysisContext context);
}
