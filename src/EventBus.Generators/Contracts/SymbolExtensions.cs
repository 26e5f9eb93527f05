using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Finds names and attributes of symbols.</summary>
internal static class SymbolExtensions
{
    /// <summary>As <c>System.Collections.Generic.List`1</c>.</summary>
    public static string GetFullMetadataName(this INamespaceOrTypeSymbol symbol) => symbol switch
    {
        { ContainingType: { } outer } => $"{outer.GetFullMetadataName()}+{symbol.MetadataName}",
        { ContainingNamespace: { IsGlobalNamespace: false } ns } => $"{ns.GetFullMetadataName()}.{symbol.MetadataName}",
        _ => symbol.MetadataName,
    };

    /// <summary>Whether the type has this full metadata name. It runs at every keystroke, so it compares the end first.</summary>
    public static bool IsNamed(this INamedTypeSymbol type, string metadataName) =>
        metadataName.EndsWith(type.MetadataName, StringComparison.Ordinal) && type.GetFullMetadataName() == metadataName;

    public static AttributeData? FindAttribute(this ISymbol symbol, string metadataName) => symbol.GetAttributes().Find(metadataName);

    public static AttributeData? Find(this ImmutableArray<AttributeData> attributes, string metadataName)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.AttributeClass?.IsNamed(metadataName) is true)
                return attribute;
        }

        return null;
    }

    public static bool HasAttribute(this ISymbol symbol, string metadataName) => symbol.FindAttribute(metadataName) is not null;

    /// <summary>The attribute's first constructor argument if it is text.</summary>
    public static string? FindText(this ISymbol symbol, string attributeName) =>
        symbol.FindAttribute(attributeName)?.FirstArgument() as string;

    /// <summary>The first argument of the attribute's constructor; null if there is none, or if it is an array.</summary>
    public static object? FirstArgument(this AttributeData attribute) => attribute.ConstructorArguments.FirstOrDefault().ValueOrNull();

    /// <summary>The value of an argument; null for an array, which code that does not compile may have in any place.</summary>
    public static object? ValueOrNull(this TypedConstant argument) =>
        argument.Kind == TypedConstantKind.Array ? null : argument.Value;

    /// <summary>All arguments of the attribute by name: those of its properties, and those of the parameters of its constructor.</summary>
    public static IEnumerable<(string Name, TypedConstant Value)> Arguments(this AttributeData attribute)
    {
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        return attribute.NamedArguments.Select(static argument => (argument.Key, argument.Value))
            .Concat(parameters.Zip(attribute.ConstructorArguments, static (parameter, value) => (parameter.Name, value)));
    }

    /// <summary>
    /// The value that the attribute sets a property to, in an initializer or by a parameter of that name; null if it sets none.
    /// </summary>
    public static object? FindArgument(this AttributeData attribute, string name) => attribute.Arguments()
        .Where(argument => string.Equals(argument.Name, name, StringComparison.OrdinalIgnoreCase))
        .Select(static argument => argument.Value.ValueOrNull())
        .FirstOrDefault();

    /// <summary>The value that the attribute sets a property to; null if it sets none.</summary>
    public static object? FindNamed(this AttributeData attribute, string property) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == property).Value.ValueOrNull();
}
