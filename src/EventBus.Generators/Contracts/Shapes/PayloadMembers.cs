using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds the properties and fields of a payload that are on the wire.</summary>
internal static class PayloadMembers
{
    /// <summary>The members of base classes come first. A hidden member is not among them.</summary>
    public static ImmutableArray<PayloadMember> Of(INamedTypeSymbol type, MemberReach reach)
    {
        var hidden = new HashSet<string>();
        var levels = new Stack<List<PayloadMember>>();
        var optIn = OptIn.Of(type);
        foreach (var level in Levels(type))
        {
            var isOptIn = optIn.Concerns(level);
            levels.Push([.. level.GetMembers()
                .Where(IsCandidate)
                .Select(symbol => new PayloadMember(symbol, MemberAttributes.Of(symbol), reach)
                {
                    NumberHandling = NumberHandling.Of(symbol, type),
                })
                .Where(member => IsMember(member, isOptIn) && hidden.Add(member.Symbol.Name) && !member.Attributes.IsIgnored)]);
        }

        return [.. levels.SelectMany(static level => level)];
    }

    /// <summary>Every property and field with its attributes, whether or not it is on the wire.</summary>
    public static IEnumerable<(ISymbol Symbol, MemberAttributes Attributes)> WithAttributes(INamedTypeSymbol type) =>
        from level in Levels(type)
        from symbol in level.GetMembers()
        where IsCandidate(symbol)
        select (symbol, MemberAttributes.Of(symbol));

    /// <summary>The names of members that are required, but kept off the wire by an attribute.</summary>
    public static IEnumerable<string> RequiredButIgnored(INamedTypeSymbol type) =>
        from member in WithAttributes(type)
        where member.Attributes.IsIgnored
        where member.Attributes.IsRequired || member.Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }
        select member.Symbol.Name;

    /// <summary>Whether an object has fields, those of properties included.</summary>
    public static bool HasFields(INamedTypeSymbol type) => Levels(type).SelectMany(Fields).Any();

    /// <summary>
    /// The fields of an object, and the properties that have one, that no attribute keeps off the wire. A build shows no private field of a
    /// class of another assembly, but an editor does, so the fields of such classes do not count.
    /// </summary>
    public static IEnumerable<ISymbol> State(INamedTypeSymbol type, IAssemblySymbol own)
    {
        var hidden = new HashSet<string>();
        foreach (var level in Levels(type))
        {
            var isVisible = level.IsValueType || SymbolEqualityComparer.Default.Equals(level.ContainingAssembly, own);
            foreach (var field in isVisible ? Fields(level) : [])
            {
                var member = field.AssociatedSymbol ?? PropertyOf(field) ?? field;
                if (!hidden.Contains(member.Name) && !MemberAttributes.Of(member).IsIgnored)
                    yield return member;
            }

            hidden.UnionWith(level.GetMembers().Where(Replaces).Select(static member => member.Name));
        }
    }

    // The field of a property is not used if the property is overridden. A member that is kept off the wire hides the members of its name.
    private static bool Replaces(ISymbol member) =>
        IsCandidate(member) && (member.IsOverride || MemberAttributes.Of(member).IsIgnored);

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol level) => level.GetMembers().OfType<IFieldSymbol>()
        .Where(static field => field is { IsStatic: false, AssociatedSymbol: not IEventSymbol });

    // In another assembly, only the name of a field leads to its property.
    private static ISymbol? PropertyOf(IFieldSymbol field)
    {
        const string Suffix = ">k__BackingField";
        return field.Name.EndsWith(Suffix, StringComparison.Ordinal) && field.Name[0] == '<'
            ? field.ContainingType.GetMembers(field.Name.Substring(1, field.Name.Length - Suffix.Length - 1)).FirstOrDefault()
            : null;
    }

    /// <summary>The type and its base classes.</summary>
    public static IEnumerable<INamedTypeSymbol> Levels(INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType!)
            yield return current;
    }

    private static bool IsCandidate(ISymbol symbol) => symbol is { IsStatic: false }
        and (IPropertySymbol { IsIndexer: false, ExplicitInterfaceImplementations.IsEmpty: true }
            or IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false });

    // An ignored member counts here, because it hides the member of a base class.
    private static bool IsMember(PayloadMember member, bool isOptIn) =>
        member.Getting != Reach.None
        && (member.Attributes.IsIncluded || (IsPublic(member.Symbol) && (!isOptIn || member.Attributes.IsIgnored)));

    /// <summary>Whether a member is public, and its getter, too.</summary>
    public static bool IsPublic(ISymbol symbol) => symbol is { DeclaredAccessibility: Accessibility.Public }
        and (IFieldSymbol or IPropertySymbol { GetMethod: null or { DeclaredAccessibility: Accessibility.Public } });
}
