using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Finds what <c>[Formatter]</c> names, and whether it is a formatter of the type.</summary>
internal static class CustomFormatter
{
    /// <summary>The formatter that the first of these symbols names; null where none does.</summary>
    public static ITypeSymbol? On(params ISymbol?[] carriers) => carriers
        .Select(static carrier => carrier?.FindAttribute(KnownNames.FormatterAttribute)?.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)
        .FirstOrDefault(static formatter => formatter is not null);

    /// <summary>The shape of a type that it formats.</summary>
    public static TypeShape Read(ITypeSymbol type, ITypeSymbol formatter, Compilation compilation)
    {
        if (WhyUnusable(formatter, compilation) is { } reason)
            return new TypeShape.Unsupported(type, $"its formatter '{Display(formatter)}' {reason}", PartRule.Formatter);

        var usable = (INamedTypeSymbol)formatter;
        if (Formatted(usable, type) is { } formatted)
        {
            var strict = new TypeShape.Custom(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), usable);
            return type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated
                ? formatted.NullableAnnotation == NullableAnnotation.Annotated ? new TypeShape.Custom(type, usable) : new TypeShape.Nullable(type, strict)
                : strict;
        }

        return type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && Formatted(usable, nullable.TypeArguments[0]) is not null
            ? new TypeShape.Nullable(type, new TypeShape.Custom(nullable.TypeArguments[0], usable))
            : new TypeShape.Unsupported(type, $"its formatter '{Display(formatter)}' does not implement 'IFormatter<{Display(type)}>'", PartRule.Formatter);
    }

    private static string? WhyUnusable(ITypeSymbol formatter, Compilation compilation) => formatter switch
    {
        not INamedTypeSymbol { TypeKind: TypeKind.Struct } => "is no struct",
        INamedTypeSymbol { IsUnboundGenericType: true } => "is generic; close it",
        _ when !compilation.IsSymbolAccessibleWithin(formatter, compilation.Assembly) => "is out of reach for generated code; make it public or internal",
        _ => null,
    };

    // The type as the formatter declares it, with its annotation.
    private static ITypeSymbol? Formatted(INamedTypeSymbol formatter, ITypeSymbol type) => formatter.AllInterfaces
        .Where(static item => item.IsNamed(KnownNames.Formatter))
        .Select(static item => item.TypeArguments[0])
        .FirstOrDefault(formatted => SymbolEqualityComparer.Default.Equals(formatted, type));

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
