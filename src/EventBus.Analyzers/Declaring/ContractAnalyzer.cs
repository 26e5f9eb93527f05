using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>One rule that every contract keeps. What it means is written once, in <c>Contracts</c>, where the generator asks for it too.</summary>
public abstract class ContractAnalyzer : TypeAnalyzer
{
    private protected ContractAnalyzer(DiagnosticDescriptor rule)
        : base(rule)
    {
    }

    private protected sealed override void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!ContractEvents.IsContract(type))
            return;

        foreach (var violation in Find(type, context.Compilation))
            context.ReportDiagnostic(Diagnostic.Create(Rule, violation.Location, violation.Arguments));
    }

    private protected abstract IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, Compilation compilation);
}
