using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1024: JavaScript reads an integer as it was written.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpreciseNumberAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.ImpreciseNumber)
{
    // Number.MAX_SAFE_INTEGER: beyond it a double has no place for every integer.
    private const long MaxSafeInteger = (1L << 53) - 1;

    private protected override IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes)
    {
        if (!ContractValidity.IsValid(contract, shapes))
            yield break;
        foreach (var method in ContractEvents.DeclaredBy(contract))
        {
            foreach (var parameter in ProvidedParameter.OthersOf(method))
            {
                if (DeclaredParts.Of(shapes, parameter).FirstOrDefault(IsImprecise) is { } part)
                    yield return Violation(parameter, $"the parameter '{parameter.Name}'", method, part);
            }

            if (AnswerType.Of(method) is { } answer && DeclaredParts.OfAnswer(shapes, answer).FirstOrDefault(IsImprecise) is { } answered)
                yield return Violation(method, "the answer", method, answered);
        }
    }

    private static ContractViolation Violation(ISymbol symbol, string what, IMethodSymbol method, DeclaredPart part) =>
        new(symbol, what, method.Name, part.Path, part.Shape.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));

    private static bool IsImprecise(DeclaredPart part) => part.Shape switch
    {
        TypeShape.Scalar scalar => IntegerBounds.RangeOf(scalar.Type) is { } range && IsImprecise(IntegerBounds.Narrow(range, part.Limits)),
        TypeShape.Enum { ByName: false } value => IsImprecise(EnumBounds.Range((INamedTypeSymbol)value.Type)),
        _ => false,
    };

    private static bool IsImprecise((decimal Minimum, decimal Maximum) range) => range.Minimum < -MaxSafeInteger || range.Maximum > MaxSafeInteger;
}
