using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What the members of an enum are called where it is written by name. Two families of attributes have their say, and System.Text.Json's comes first.</summary>
internal static class EnumNames
{
    /// <summary>The enum's members, in the order of their declaration.</summary>
    public static IEnumerable<IFieldSymbol> Members(ITypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(static member => member is { IsConst: true, ConstantValue: not null });

    public static string Of(IFieldSymbol member) => Given(member).Select(static given => given.Name).FirstOrDefault() ?? member.Name;

    /// <summary>The names that attributes give a member, with the attribute that does; the first holds.</summary>
    public static IEnumerable<(string Attribute, string Name)> Given(IFieldSymbol member)
    {
        if (member.FindText(KnownNames.JsonStringEnumMemberNameAttribute) is { } json)
            yield return ("[JsonStringEnumMemberName]", json);
        if (member.FindAttribute(KnownNames.EnumMemberAttribute)?.FindNamed("Value") is string value)
            yield return ("[EnumMember]", value);
    }

    /// <summary>Whether an attribute gives any of them a name that is not its own.</summary>
    public static bool AreGiven(ITypeSymbol type) => Members(type).Any(static member => Of(member) != member.Name);

    /// <summary>Why the names do not tell the values apart, as the end of a sentence; null if they do.</summary>
    public static string? Problem(ITypeSymbol type)
    {
        if (!AreGiven(type))
            return null;
        if (Members(type).FirstOrDefault(static member => Of(member).Length == 0) is { } unnamed)
            return $"the name of its member '{unnamed.Name}' on the wire is empty";
        if (Members(type).FirstOrDefault(static member => WireText.IsBroken(Of(member))) is { } broken)
            return $"its member '{broken.Name}' has a name on the wire that cannot be written: {WireText.Broken}";
        var clash = Members(type).GroupBy(Of).FirstOrDefault(static group => group.Select(static member => member.ConstantValue).Distinct().Count() > 1);
        return clash is null ? null : $"it has two values that are called '{clash.Key}' on the wire";
    }
}
