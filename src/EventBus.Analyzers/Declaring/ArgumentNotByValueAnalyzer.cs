using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1005: arguments travel by value, one per parameter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgumentNotByValueAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.ArgumentNotByValue)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ParameterPassingCheck.Find(contract);
}
