using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1009: a bus namespace is a name that a channel can have.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusableBusNamespaceAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnusableBusNamespace)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        BusNamespaceCheck.Find(contract);
}
