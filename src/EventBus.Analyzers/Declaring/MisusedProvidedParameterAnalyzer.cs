using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1016: what the bus provides is asked for once, and is nothing that is sent.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MisusedProvidedParameterAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.MisusedProvidedParameter)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ProvidedParameterCheck.Find(contract);
}
