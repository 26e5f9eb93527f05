using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1015: a JSON converter says nothing on this wire.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedJsonConverterAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnusedJsonConverter)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        JsonConverterCheck.Find(contract, shapes);
}
