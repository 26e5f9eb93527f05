using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds the formatter that <c>[Formatter]</c> names, and checks that it formats the type.</summary>
internal static class CustomFormatter
{
    /// <summary>The formatter that the first of these symbols names; null if none does.</summary>
    public static ITypeSymbol? On(params ISymbol?[] carriers) => carriers
        .Select(static carrier => carrier?.FindAttribute(KnownNames.FormatterAttribute)?.ConstructorArguments.LastOrDefault().ValueOrNull())
        .OfType<ITypeSymbol>()
        .FirstOrDefault();

    /// <summary>The way out for a type that cannot have the attribute itself.</summary>
    public static string Remedy(ITypeSymbol type) =>
        $"set the formatter of the type by [assembly: Formatter(typeof({Display(type)}), …)]";

    /// <summary>The shape of a type that the formatter writes and reads.</summary>
    public static TypeShape Read(ITypeSymbol type, ITypeSymbol formatter, Compilation compilation)
    {
        if (WhyUnusable(formatter, compilation) is { } reason)
            return Unsupported(type, formatter, reason);

        var usable = (INamedTypeSymbol)formatter;
        if (Formatted(usable, type) is { } formatted)
        {
            var isNullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
            if (isNullable && formatted.NullableAnnotation == NullableAnnotation.Annotated)
                return new TypeShape.Custom(type, usable);
            var strict = new TypeShape.Custom(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated), usable);
            return isNullable ? new TypeShape.Nullable(type, strict) : strict;
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && Formatted(usable, nullable.TypeArguments[0]) is not null)
            return new TypeShape.Nullable(type, new TypeShape.Custom(nullable.TypeArguments[0], usable));
        return Unsupported(type, formatter, $"must implement 'IFormatter<{Display(type)}>'");
    }

    private static TypeShape.Unsupported Unsupported(ITypeSymbol type, ITypeSymbol formatter, string reason) =>
        new(type, $"its formatter '{Display(formatter)}' {reason}", PartRule.Formatter);

    private static string? WhyUnusable(ITypeSymbol formatter, Compilation compilation) => formatter switch
    {
        not INamedTypeSymbol { TypeKind: TypeKind.Struct } => "must be a struct",
        INamedTypeSymbol { IsUnboundGenericType: true } => "must have type arguments",
        _ when compilation.IsSymbolAccessibleWithin(formatter, compilation.Assembly) => null,
        _ when SymbolEqualityComparer.Default.Equals(formatter.ContainingAssembly, compilation.Assembly) => "must be public or internal",
        _ => "must be public, because it is in another assembly",
    };

    // The type as the formatter declares it, with its annotation.
    private static ITypeSymbol? Formatted(INamedTypeSymbol formatter, ITypeSymbol type) => formatter.AllInterfaces
        .Where(static item => item.IsNamed(KnownNames.Formatter))
        .Select(static item => item.TypeArguments[0])
        .FirstOrDefault(formatted => SymbolEqualityComparer.Default.Equals(formatted, type));

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
