using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1007: an event's name is not empty and not reserved.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusableEventNameAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnusableEventName)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        EventNameCheck.Find(contract);
}
