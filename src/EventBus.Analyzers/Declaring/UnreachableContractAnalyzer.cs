using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1001: generated code must be able to reach a contract.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreachableContractAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnreachableContract)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ReachabilityCheck.Find(contract);
}
