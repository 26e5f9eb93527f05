using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1004: a contract has only methods that can be events.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MemberIsNoEventAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.MemberIsNoEvent)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        MemberCheck.Find(contract);
}
