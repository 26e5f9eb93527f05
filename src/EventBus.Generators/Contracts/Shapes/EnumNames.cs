using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The names of an enum's members on the wire. Attributes of System.Text.Json win over those of the data contract.</summary>
internal static class EnumNames
{
    /// <summary>Whether an attribute on an enum, or on a member that holds one, asks to write the enum by name.</summary>
    public static bool AreAskedForBy(ISymbol symbol) =>
        (symbol.FindAttribute(KnownNames.JsonConverterAttribute) ?? symbol.FindAttribute(KnownNames.NewtonsoftJsonConverterAttribute))
            ?.FirstArgument() is INamedTypeSymbol converter
        && converter.OriginalDefinition.GetFullMetadataName()
            is KnownNames.JsonStringEnumConverter or KnownNames.JsonStringEnumConverter + "`1" or KnownNames.NewtonsoftStringEnumConverter;

    /// <summary>The enum's members, in the order of their declaration.</summary>
    public static IEnumerable<IFieldSymbol> Members(ITypeSymbol type) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(static member => member is { IsConst: true, ConstantValue: not null });

    public static string Of(IFieldSymbol member) => Given(member).Select(static given => given.Name).FirstOrDefault() ?? member.Name;

    /// <summary>The names that attributes give a member, each with its attribute. The first one wins.</summary>
    public static IEnumerable<(string Attribute, string Name)> Given(IFieldSymbol member)
    {
        if (member.FindText(KnownNames.JsonStringEnumMemberNameAttribute) is { } json)
            yield return ("[JsonStringEnumMemberName]", json);
        if (member.FindAttribute(KnownNames.EnumMemberAttribute)?.FindNamed("Value") is string value)
            yield return ("[EnumMember]", value);
    }

    /// <summary>Whether an attribute gives any member a name that differs from its C# name.</summary>
    public static bool AreGiven(ITypeSymbol type) => Members(type).Any(static member => Of(member) != member.Name);

    /// <summary>Why the names do not identify the values, as the end of a sentence; null if they do.</summary>
    public static string? Problem(ITypeSymbol type)
    {
        if (!AreGiven(type))
            return null;
        if (Members(type).FirstOrDefault(static member => Of(member).Length == 0) is { } unnamed)
            return $"the name of the member '{unnamed.Name}' on the wire is empty";
        if (Members(type).FirstOrDefault(static member => WireName.IsBroken(Of(member))) is { } broken)
            return $"the name of the member '{broken.Name}' on the wire {WireName.Broken}";
        var clash = Members(type).GroupBy(Of)
            .FirstOrDefault(static group => group.Select(static member => member.ConstantValue).Distinct().Count() > 1);
        return clash is null ? null : $"two values have the name '{clash.Key}' on the wire";
    }
}
