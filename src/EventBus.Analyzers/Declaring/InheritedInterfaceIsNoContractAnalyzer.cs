using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1010: a contract inherits contracts only.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InheritedInterfaceIsNoContractAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.InheritedInterfaceIsNoContract)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        InheritanceCheck.Find(contract);
}
