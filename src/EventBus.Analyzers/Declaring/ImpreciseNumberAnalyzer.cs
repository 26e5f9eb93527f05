using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1024: JavaScript can represent every integer that an event carries.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImpreciseNumberAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.ImpreciseNumber, FindImprecise)
{
    // Number.MAX_SAFE_INTEGER: a double cannot represent every integer beyond it.
    private const long MaxSafeInteger = (1L << 53) - 1;

    private static IEnumerable<ContractViolation> FindImprecise(INamedTypeSymbol contract, TypeShapeReader shapes)
    {
        if (!ContractValidity.IsValid(contract, shapes))
            yield break;
        foreach (var method in ContractEvents.DeclaredBy(contract))
        {
            foreach (var parameter in EventSignature.SentParameters(method))
            {
                if (DeclaredParts.Of(shapes, parameter).FirstOrDefault(IsImprecise) is { } part)
                    yield return Violation(parameter, $"the parameter '{parameter.Name}'", method, part);
            }

            if (DeclaredParts.OfAck(shapes, method).FirstOrDefault(IsImprecise) is { } ackPart)
                yield return Violation(method, "the ack", method, ackPart);
        }
    }

    private static ContractViolation Violation(ISymbol symbol, string carrier, IMethodSymbol method, DeclaredPart part) =>
        new(symbol, carrier, method.Name, part.Path, part.Shape.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));

    private static bool IsImprecise(DeclaredPart part) => IsImprecise(part.Shape, part.Limits);

    private static bool IsImprecise(TypeShape shape, DeclaredLimits limits) => shape switch
    {
        TypeShape.NumberText text => !text.IsWritten && IsImprecise(text.Number, limits),
        TypeShape.Scalar scalar => IntegerBounds.RangeOf(scalar.Type) is { } range && IsImprecise(IntegerBounds.Narrow(range, limits)),
        TypeShape.Enum { ByName: false } value => IsImprecise(EnumBounds.Range((INamedTypeSymbol)value.Type)),
        _ => false,
    };

    private static bool IsImprecise((decimal Minimum, decimal Maximum) range) =>
        range.Minimum < -MaxSafeInteger || range.Maximum > MaxSafeInteger;
}
