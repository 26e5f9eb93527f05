using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1011: the attributes of a payload's member do not contradict each other.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContradictingAttributesAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.ContradictingAttributes)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        AttributeCheck.Find(contract, shapes);
}
