using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>The attributes whose effect depends on the type of the value that they describe.</summary>
internal static class SpecialAttributes
{
    private const string JsonObjectCreationHandling = "System.Text.Json.Serialization.JsonObjectCreationHandlingAttribute";
    private const int Populate = 1;

    /// <summary>Whether an attribute that no table lists has its effect.</summary>
    public static bool HasEffect(AttributeData attribute, TypeShape shape, bool isFilled)
    {
        if (attribute.AttributeClass?.IsNamed(KnownNames.NewtonsoftJsonConverterAttribute) is true)
            return shape is TypeShape.Enum { ByName: true } && WritesNames(attribute);
        return attribute.AttributeClass?.IsNamed(JsonObjectCreationHandling) is true
            && attribute.ConstructorArguments.FirstOrDefault().Value is Populate == isFilled;
    }

    /// <summary>Whether an attribute that a table lists concerns nothing in the value.</summary>
    public static bool HasNoEffect(AttributeData attribute, TypeShape shape) =>
        attribute.AttributeClass?.IsNamed(KnownNames.JsonNumberHandlingAttribute) is true
        && attribute.ConstructorArguments.FirstOrDefault().Value is not 0
        && !NumberHandling.Concerns(shape);

    // Its further arguments change the names.
    private static bool WritesNames(AttributeData attribute) =>
        attribute.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol converter
        && converter.IsNamed(KnownNames.NewtonsoftStringEnumConverter)
        && attribute.ConstructorArguments.Skip(1).All(static argument => argument.IsNull || argument.Values.IsEmpty);
}
