using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1012: a payload can be read back as it was written.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnreadablePayloadAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnreadablePayload)
{
    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes) =>
        ParameterTypeCheck.Find(contract, shapes, PartRule.Payload);
}
