using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1017: the senders of a contract can be told apart.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SenderClashAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.SenderClash)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        SenderClashCheck.Find(contract);
}
