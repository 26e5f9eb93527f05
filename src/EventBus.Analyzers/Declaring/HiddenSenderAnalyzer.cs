using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1008: an event is not named like a member of the types that send it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HiddenSenderAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.HiddenSender)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        SenderSurfaceCheck.Find(contract, shapes.Compilation);
}
