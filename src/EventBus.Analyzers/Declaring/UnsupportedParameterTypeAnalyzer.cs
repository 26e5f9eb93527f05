using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1002: an event carries types that have a form on the wire.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedParameterTypeAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnsupportedParameterType)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ParameterTypeCheck.Find(contract, shapes, PartRule.Type);
}
