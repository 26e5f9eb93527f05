using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>The attributes whose effect depends on the type of the value that they describe.</summary>
internal static class SpecialAttributes
{
    private const string JsonObjectCreationHandling = "System.Text.Json.Serialization.JsonObjectCreationHandlingAttribute";
    private const string DefaultValueHandling = "DefaultValueHandling";
    private const string Required = "Required";
    private const int Populate = 1;
    private const int Ignore = 1;
    private const int DisallowNull = 3;

    /// <summary>Whether an attribute that no table lists has its effect.</summary>
    public static bool HasEffect(AttributeData attribute, TypeShape shape, bool isFilled)
    {
        if (attribute.AttributeClass?.IsNamed(KnownNames.NewtonsoftJsonConverterAttribute) is true)
            return shape is TypeShape.Enum { ByName: true } && WritesNames(attribute) && !ChangesNames(attribute);
        return attribute.AttributeClass?.IsNamed(JsonObjectCreationHandling) is true
            && attribute.FirstArgument() is Populate == isFilled;
    }

    /// <summary>Whether an attribute that a table lists concerns nothing in the value.</summary>
    public static bool HasNoEffect(AttributeData attribute, TypeShape shape) =>
        attribute.AttributeClass?.IsNamed(KnownNames.JsonNumberHandlingAttribute) is true
        && attribute.FirstArgument() is not 0
        && !NumberHandling.Concerns(shape);

    /// <summary>Whether an attribute that is not inherited has no effect, because it is on a base class of the payload.</summary>
    public static bool IsLost(AttributeData attribute) =>
        attribute.AttributeClass?.IsNamed(KnownNames.JsonNumberHandlingAttribute) is true
        && attribute.FirstArgument() is int flags
        && (flags & NumberHandling.Used) != 0;

    /// <summary>The predicate for a converter that writes an enum by other names; null for any other attribute.</summary>
    public static string? FindPredicate(AttributeData attribute, TypeShape shape) =>
        shape is TypeShape.Enum { ByName: true }
        && attribute.AttributeClass?.IsNamed(KnownNames.NewtonsoftJsonConverterAttribute) is true
        && WritesNames(attribute)
        && ChangesNames(attribute)
            ? AttributeFaults.NamesUnchanged(attribute)
            : null;

    /// <summary>The predicate for an argument that depends on the other attributes of the member; null if there is none.</summary>
    public static string? FindPredicate(AttributeData attribute, MemberAttributes member, bool canBeNull)
    {
        if (attribute.AttributeClass?.IsNamed(KnownNames.NewtonsoftJsonPropertyAttribute) is not true)
            return null;
        if (attribute.FindNamed(DefaultValueHandling) is Ignore && member.HasOtherDefault)
            return AttributeFaults.UnusedArgument(attribute, DefaultValueHandling);

        // EventBus has no null to refuse if null is left out.
        var isNullWritten = canBeNull && !member.LeavesOutNull && !member.LeavesOutDefault;
        return attribute.FindNamed(Required) is DisallowNull && isNullWritten ? AttributeFaults.UnusedArgument(attribute, Required) : null;
    }

    private static bool WritesNames(AttributeData attribute) =>
        attribute.FirstArgument() is INamedTypeSymbol converter && converter.IsNamed(KnownNames.NewtonsoftStringEnumConverter);

    // In code that does not compile, the argument need not be an array.
    private static bool ChangesNames(AttributeData attribute) => attribute.ConstructorArguments.Skip(1).Any(static argument =>
        !argument.IsNull && (argument.Kind != TypedConstantKind.Array || !argument.Values.IsEmpty));
}
