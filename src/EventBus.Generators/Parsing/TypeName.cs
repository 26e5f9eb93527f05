using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Names types as emitted code does: fully qualified, and nullable if nothing is annotated.</summary>
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
        INamedTypeSymbol { IsTupleType: true, TupleElements: { Length: > 1 } items } => $"({string.Join(", ", items.Select(OfItem))})",
        INamedTypeSymbol named when IsConstructed(named) => $"{Container(named)}{IdentifierScope.Escape(named.Name)}{Arguments(named)}",
        _ => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Format),
    };

    private static string OfItem(IFieldSymbol item) =>
        item.IsExplicitlyNamedTupleElement ? $"{Of(item.Type)} {IdentifierScope.Escape(item.Name)}" : Of(item.Type);

    private static bool IsConstructed(INamedTypeSymbol type) => type.IsGenericType && !type.IsUnboundGenericType;

    private static string Container(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{OfStrict(outer)}.";
        return type.ContainingNamespace.IsGlobalNamespace ? "global::" : $"{type.ContainingNamespace.ToDisplayString(Format)}.";
    }

    private static string Arguments(INamedTypeSymbol type)
    {
        var arguments = type.TypeArguments.Select((argument, index) => IsNeverNull(type, index) ? OfStrict(argument) : Of(argument));
        return type.TypeArguments.IsEmpty ? "" : $"<{string.Join(", ", arguments)}>";
    }

    // If nothing is annotated, a constraint may say that null is not allowed. Keys are never null.
    private static bool IsNeverNull(INamedTypeSymbol type, int index)
    {
        var parameter = type.TypeParameters[index];
        return type.TypeArguments[index].NullableAnnotation == NullableAnnotation.None
            && (parameter.HasNotNullConstraint
                || parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.NotAnnotated
                || (index == 0 && BuiltInFormatters.Dictionaries.ContainsKey(type.GetFullMetadataName())));
    }
}
