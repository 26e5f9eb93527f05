using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers;

/// <summary>The base of all analyzers. It analyzes only compilations that reference EventBus.</summary>
public abstract class EventBusAnalyzer : DiagnosticAnalyzer
{
    private protected EventBusAnalyzer(DiagnosticDescriptor rule, params DiagnosticDescriptor[] others)
    {
        Rule = rule;
        SupportedDiagnostics = [rule, .. others];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    private protected DiagnosticDescriptor Rule { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (BusSymbols.Of(start.Compilation) is { } symbols)
                Start(start, symbols);
        });
    }

    /// <summary>Registers the actions of the rule.</summary>
    private protected abstract void Start(CompilationStartAnalysisContext context, BusSymbols symbols);
}
