using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>Finds the part of an attribute that has no effect, as the predicate of a sentence about the symbol that has it.</summary>
internal static class AttributeFaults
{
    private const string Remedy = "use an attribute of System.Text.Json or a [Formatter] if the event needs it";

    /// <summary>The predicate for an attribute on a type, or on a member that is sent; null if it has its effect.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The C# name of the symbol.</param>
    /// <param name="wireName">Its name on the wire; null if it has none.</param>
    /// <param name="isOfUnion">Whether <c>[JsonDerivedType]</c> lists the derived types.</param>
    public static string? Find(AttributeData attribute, string name, string? wireName, bool isOfUnion)
    {
        if (KnownSerializers.OwnerOf(attribute) is null || IgnoreAttributes.Has(attribute))
            return null;
        if (KnownSerializers.RowOf(attribute) is not { } row)
            return Unused(attribute);
        if (row.ListsTypes)
            return isOfUnion ? null : $"has {Display(attribute)}, but EventBus sends derived types only if [JsonDerivedType] lists them";

        var unused = attribute.Arguments().Where(static argument => !argument.Value.IsNull)
            .Where(argument => !row.Allows(argument.Name, argument.Value.Kind == TypedConstantKind.Array ? null : argument.Value.Value))
            .Select(static argument => argument.Name)
            .FirstOrDefault(argument => !row.Names.Contains(argument, StringComparer.OrdinalIgnoreCase));
        return unused is null
            ? FindName(attribute, name, wireName)
            : UnusedArgument(attribute, unused);
    }

    /// <summary>The predicate for an attribute that gives another name than the one on the wire; null if it gives none.</summary>
    public static string? FindName(AttributeData attribute, string name, string? wireName)
    {
        var given = KnownSerializers.RowOf(attribute)?.Names.Select(attribute.FindArgument).OfType<string>().FirstOrDefault();
        return given is null || wireName is null || given == wireName || given == name
            ? null
            : $"is named '{given}' by {Display(attribute)}, but '{wireName}' on the wire; "
                + "set the name by an attribute of System.Text.Json if the event needs it";
    }

    /// <summary>The predicate for an attribute that has no effect at all.</summary>
    public static string Unused(AttributeData attribute) => $"has {Display(attribute)}, which has no effect here; {Remedy}";

    /// <summary>The predicate for an attribute with an argument that has no effect.</summary>
    public static string UnusedArgument(AttributeData attribute, string argument) =>
        $"has {Display(attribute)} with '{argument}', which has no effect here; {Remedy}";

    /// <summary>The predicate for a converter that writes an enum by name, with arguments that change the names.</summary>
    public static string NamesUnchanged(AttributeData attribute) =>
        $"has {Display(attribute)} with a naming strategy, which has no effect here: the enum is written by its C# names; "
            + "set the names by [JsonStringEnumMemberName] or [EnumMember] if the event needs others";

    /// <summary>The predicate for an attribute that puts a member on the wire of its serializer only.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="reason">Why EventBus does not send the member, and how to send it.</param>
    public static string NotSent(AttributeData attribute, string reason) =>
        $"has {Display(attribute)}, but is not sent, because {reason}, or [JsonIgnore] if it is not for receivers";

    /// <summary>The predicate for an attribute on a base class that has no effect on derived classes.</summary>
    public static string NotInherited(AttributeData attribute, string baseName) =>
        $"has {Display(attribute)} on its base class '{baseName}', which has no effect on derived classes, as in System.Text.Json; "
            + "add it to the class that the event carries, or to the members";

    public static string NotMarked(AttributeData attribute) =>
        $"is sent, although {Display(attribute)} leaves it out; add [JsonIgnore] if it is not for receivers";

    public static string NotCalled(AttributeData attribute) => $"has {Display(attribute)}, but EventBus calls no such method";

    public static string Overruled(AttributeData attribute) =>
        $"has a constructor with {Display(attribute)}, but EventBus uses another one";

    private static string Display(AttributeData attribute)
    {
        var owner = KnownSerializers.OwnerOf(attribute);
        var name = IgnoreAttributes.Display(attribute.AttributeClass!);
        return owner == KnownSerializers.SystemTextJson ? name : $"{name} of {owner}";
    }
}
