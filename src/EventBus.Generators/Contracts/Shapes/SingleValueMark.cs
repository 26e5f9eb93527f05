using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Reads <c>[SingleValue]</c> on types and assemblies.</summary>
internal static class SingleValueMark
{
    public static bool Is(AttributeData attribute) => attribute.AttributeClass?.IsNamed(KnownNames.SingleValueAttribute) is true;

    /// <summary>Whether the type itself has the attribute. EVB1028 reports one that names a type.</summary>
    public static bool IsOn(INamedTypeSymbol type) =>
        type.GetAttributes().Any(static attribute => Is(attribute) && Named(attribute) is null);

    /// <summary>The type that an attribute names; null if it names none. A type without type arguments is its definition.</summary>
    public static ITypeSymbol? Named(AttributeData attribute) => attribute.FirstArgument() switch
    {
        INamedTypeSymbol { IsUnboundGenericType: true } generic => generic.OriginalDefinition,
        var type => type as ITypeSymbol,
    };
}
