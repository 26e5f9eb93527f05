using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Whether an enum, or a member that holds one, asks to be written as a name.</summary>
internal static class StringEnumConverter
{
    public static bool IsOn(ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.JsonConverterAttribute)?.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol converter
        && converter.OriginalDefinition.GetFullMetadataName() is (KnownNames.JsonStringEnumConverter or KnownNames.JsonStringEnumConverter + "`1");
}
