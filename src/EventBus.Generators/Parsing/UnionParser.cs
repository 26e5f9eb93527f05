using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a union into the model of its formatter.</summary>
internal static class UnionParser
{
    /// <summary>The model; null if the union, or one of its cases, cannot be formatted.</summary>
    public static UnionModel? Parse(INamedTypeSymbol type, UnionShape shape, FormatterPlace place, FormatterComposer composer)
    {
        if (shape.Problem is not null)
            return null;

        var key = SymbolDisplay.FormatLiteral(shape.Key, quote: true);
        var cases = shape.Cases.Select(item => Parse(item, key, type, composer)).ToList();
        return cases.Contains(null) ? null : new UnionModel
        {
            HintName = place.HintName,
            Namespace = place.Namespace,
            FormatterName = place.Name,
            TypeName = TypeName.OfStrict(type),
            DisplayName = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            IsReferenceType = type.IsReferenceType,
            SuppressedCodes = composer.Codes.ToModel(composer.Codes.HasErrors),
            NamingCodes = composer.CodesOfNaming(type),
            IsObsolete = composer.Codes.HasErrors,
            Key = key,
            Cases = cases.Select(static item => item!).ToEquatableArray(),
        };
    }

    /// <summary>Adds all symbols that the formatter names, apart from other emitted formatters.</summary>
    public static void Collect(INamedTypeSymbol type, UnionShape shape, SuppressedCodes codes)
    {
        codes.Add(type);
        foreach (var item in shape.Cases)
            codes.Add(item.Type);
    }

    private static UnionCaseModel? Parse(UnionCase item, string key, INamedTypeSymbol union, FormatterComposer composer)
    {
        var discriminator = item.Discriminator is null ? null : new DiscriminatorModel
        {
            Key = key,
            Value = SymbolDisplay.FormatPrimitive(item.Discriminator, quoteStrings: true, useHexadecimalNumbers: false)!,
            IsNumber = item.Discriminator is not string,
        };
        return composer.ComposeCase(union, item.Type, discriminator) is { } formatter
            ? new UnionCaseModel { TypeName = TypeName.OfStrict(item.Type), Formatter = formatter, Discriminator = discriminator }
            : null;
    }
}
