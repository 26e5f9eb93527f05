using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1013: a formatter is one of the type it is given for.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnfitFormatterAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnfitFormatter)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ParameterTypeCheck.Find(contract, shapes, PartRule.Formatter);
}
