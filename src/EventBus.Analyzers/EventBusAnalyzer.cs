using System.Collections.Immutable;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers;

/// <summary>One rule, looking at the types of compilations that reference EventBus; in all others it does no work.</summary>
public abstract class EventBusAnalyzer : DiagnosticAnalyzer
{
    private protected EventBusAnalyzer(DiagnosticDescriptor rule)
    {
        Rule = rule;
        SupportedDiagnostics = [rule];
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
            if (!start.Compilation.GetTypesByMetadataName(KnownNames.BroadcastEventAttribute).IsEmpty)
                start.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        });
    }

    private protected abstract void AnalyzeType(SymbolAnalysisContext context);
}
