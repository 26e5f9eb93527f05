using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The members of a class or struct that are written, and the constructor that reads them back.</summary>
internal sealed class PayloadShape
{
    private PayloadShape(ImmutableArray<PayloadMember> members, IMethodSymbol? constructor, string? problem)
    {
        Members = members;
        Constructor = constructor;
        Problem = problem;
    }

    /// <summary>The members in the order in which they are written: those of base classes first.</summary>
    public ImmutableArray<PayloadMember> Members { get; }

    public IMethodSymbol? Constructor { get; }

    /// <summary>Why the type cannot be read back, as the end of a sentence; null if it can.</summary>
    public string? Problem { get; }

    public static PayloadShape Of(INamedTypeSymbol type)
    {
        var members = FindMembers(type);
        var constructor = FindConstructor(type, members);
        if (constructor is null)
            return new PayloadShape(members, null, "it has no public constructor whose parameters are all named like its members");

        foreach (var parameter in constructor.Parameters)
            Match(parameter, members)!.Parameter = parameter;

        foreach (var member in members)
        {
            if (member is { Parameter: null, CanBeSet: false, IsStored: true })
                return new PayloadShape(members, constructor, $"its member '{member.Symbol.Name}' can be written but not read back; give it a public 'init', or [JsonIgnore]");
        }

        if (FindIgnoredRequired(type) is { } ignored)
            return new PayloadShape(members, constructor, $"its member '{ignored}' is both required and ignored");

        var written = members.Where(static member => member.Parameter is not null || member.CanBeSet).ToImmutableArray();
        var clash = written.GroupBy(static member => member.WireName).FirstOrDefault(static group => group.Count() > 1);
        return new PayloadShape(written, constructor, clash is null ? null : $"it has two members that are called '{clash.Key}' on the wire");
    }

    private static ImmutableArray<PayloadMember> FindMembers(INamedTypeSymbol type)
    {
        var hidden = new HashSet<string>();
        var levels = new Stack<List<PayloadMember>>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType!)
        {
            var level = new List<PayloadMember>();
            foreach (var symbol in current.GetMembers())
            {
                if (AsMember(symbol) is { } member && hidden.Add(symbol.Name) && !IsIgnored(symbol))
                    level.Add(member);
            }

            levels.Push(level);
        }

        return [.. levels.SelectMany(static level => level)];
    }

    private static PayloadMember? AsMember(ISymbol symbol) => symbol switch
    {
        { IsStatic: true } or { DeclaredAccessibility: not Accessibility.Public } or { IsImplicitlyDeclared: true, Kind: SymbolKind.Field } => null,
        IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property => new PayloadMember(property, property.Type),
        IFieldSymbol { IsConst: false } field => new PayloadMember(field, field.Type),
        _ => null,
    };

    // Without a condition [JsonIgnore] means always; that is 1 in JsonIgnoreCondition.
    private static bool IsIgnored(ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.JsonIgnoreAttribute) is { } ignore
        && (ignore.NamedArguments.FirstOrDefault(static argument => argument.Key == "Condition").Value.Value ?? 1) is 1;

    private static string? FindIgnoredRequired(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType!)
        {
            foreach (var symbol in current.GetMembers())
            {
                if (symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true } && IsIgnored(symbol))
                    return symbol.Name;
            }
        }

        return null;
    }

    private static IMethodSymbol? FindConstructor(INamedTypeSymbol type, ImmutableArray<PayloadMember> members)
    {
        var constructors = type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public)
            .Where(constructor => constructor.Parameters.All(parameter => Match(parameter, members) is not null))
            .ToList();

        // Who names a constructor means that one and no other.
        var isNamed = type.InstanceConstructors.Any(static constructor => constructor.HasAttribute(KnownNames.JsonConstructorAttribute));
        if (isNamed)
            return constructors.FirstOrDefault(static constructor => constructor.HasAttribute(KnownNames.JsonConstructorAttribute));

        return constructors.FirstOrDefault(constructor => constructor.Parameters.IsEmpty && !(type.IsValueType && constructor.IsImplicitlyDeclared))
            ?? constructors.OrderByDescending(static constructor => constructor.Parameters.Length).FirstOrDefault();
    }

    private static PayloadMember? Match(IParameterSymbol parameter, ImmutableArray<PayloadMember> members) => members.FirstOrDefault(member =>
        parameter.RefKind is RefKind.None or RefKind.In
        && string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type));
}
