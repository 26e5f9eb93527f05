using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Types as emitted code names them: fully qualified, and nullable where nothing was annotated.</summary>
internal static class TypeName
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat;

    public static string Of(ITypeSymbol type) =>
        type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated ? OfStrict(type) + "?" : OfStrict(type);

    /// <summary>The name without the type's own annotation.</summary>
    public static string OfStrict(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => $"{Of(array.ElementType)}[]",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => $"{Of(nullable.TypeArguments[0])}?",
        INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: > 1 } items } =>
            $"({string.Join(", ", items.Select(static item => item.IsExplicitlyNamedTupleElement ? $"{Of(item.Type)} {IdentifierScope.Escape(item.Name)}" : Of(item.Type)))})",
        INamedTypeSymbol named when IsConstructed(named) => $"{Container(named)}{IdentifierScope.Escape(named.Name)}{Arguments(named)}",
        _ => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Format),
    };

    private static bool IsConstructed(INamedTypeSymbol type) => type.IsGenericType && !type.IsUnboundGenericType;

    private static string Container(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{OfStrict(outer)}.";
        return type.ContainingNamespace.IsGlobalNamespace ? "global::" : $"{type.ContainingNamespace.ToDisplayString(Format)}.";
    }

    private static string Arguments(INamedTypeSymbol type) =>
        type.TypeArguments.IsEmpty ? "" : $"<{string.Join(", ", type.TypeArguments.Select((argument, index) => IsNeverNull(type, index) ? OfStrict(argument) : Of(argument)))}>";

    // Where nothing is annotated, a constraint still tells, and keys are never null.
    private static bool IsNeverNull(INamedTypeSymbol type, int index) =>
        type.TypeArguments[index].NullableAnnotation == NullableAnnotation.None
        && (type.TypeParameters[index] is { HasNotNullConstraint: true } or { ReferenceTypeConstraintNullableAnnotation: NullableAnnotation.NotAnnotated }
            || (index == 0 && BuiltInFormatters.Dictionaries.ContainsKey(type.GetFullMetadataName())));
}
