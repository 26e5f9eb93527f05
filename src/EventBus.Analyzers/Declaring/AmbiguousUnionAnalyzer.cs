using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1014: the cases of a union can be told apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbiguousUnionAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.AmbiguousUnion)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ParameterTypeCheck.Find(contract, shapes, PartRule.Union);
}
