using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Asks symbols for names and attributes.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat MetadataFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>As <c>System.Collections.Generic.List`1</c>.</summary>
    public static string GetFullMetadataName(this INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{outer.GetFullMetadataName()}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } ns ? $"{ns.ToDisplayString(MetadataFormat)}.{type.MetadataName}" : type.MetadataName;
    }

    // Asked of every type while code is typed: a name is made only where its end fits.
    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName) => symbol.GetAttributes().FirstOrDefault(
        attribute => attribute.AttributeClass is { } type && metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal) && type.GetFullMetadataName() == metadataName);

    public static bool HasAttribute(this ISymbol symbol, string metadataName) => symbol.FindAttribute(metadataName) is not null;

    /// <summary>The attribute's only constructor argument, where it is text.</summary>
    public static string? FindText(this ISymbol symbol, string attributeName) =>
        symbol.FindAttribute(attributeName)?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>What the attribute sets a property of its own to; null where it does not.</summary>
    public static object? FindNamed(this AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value.Value;
}
