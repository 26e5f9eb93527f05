using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// The value of a type with <c>[ValueObject]</c> of Vogen. The attribute gives the type of the value, because the members are the output of
/// another source generator, which this one does not see: the property <c>Value</c> and the method <c>From</c>. It sees those of another
/// assembly, but the attribute there may be of an assembly that is not referenced.
/// </summary>
internal static class VogenValue
{
    private const string Attribute = "Vogen.ValueObjectAttribute";
    private const string GenericAttribute = "Vogen.ValueObjectAttribute`1";
    private const string Defaults = "Vogen.VogenDefaultsAttribute";

    /// <summary>Null if the type has no such attribute.</summary>
    public static SingleValueResult? Find(INamedTypeSymbol type, Compilation compilation)
    {
        var generic = type.FindAttribute(GenericAttribute);
        if ((generic ?? type.FindAttribute(Attribute)) is not { } attribute)
            return null;
        var isOwn = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly);
        var value = (isOwn ? null : type.GetMembers("Value").OfType<IPropertySymbol>().FirstOrDefault()?.Type)
            ?? generic?.AttributeClass?.TypeArguments.FirstOrDefault()
            ?? Underlying(attribute)
            ?? Underlying(type.ContainingAssembly.FindAttribute(Defaults))
            ?? compilation.GetSpecialType(SpecialType.System_Int32);
        return SingleValueResult.Of(new SingleValue(value, "Value", "From"));
    }

    // The first parameter of both attributes.
    private static ITypeSymbol? Underlying(AttributeData? attribute) =>
        attribute?.FirstArgument() as ITypeSymbol;
}
