using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds the constructor that reads a payload back: all of its parameters are named like members and have their types.</summary>
internal static class PayloadConstructor
{
    // For these serializers, too, the parameters are members. Other ones may pass services to a constructor, which does not fit then.
    private static readonly string[] Demanding =
    [
        KnownNames.JsonConstructorAttribute,
        KnownNames.NewtonsoftJsonConstructorAttribute,
        KnownNames.SerializationConstructorAttribute,
    ];

    public static IMethodSymbol? Find(INamedTypeSymbol type, ImmutableArray<PayloadMember> members, MemberReach reach)
    {
        var constructors = type.InstanceConstructors
            .Where(constructor => !IsCopy(constructor, type) && reach.Of(constructor) != Reach.None)
            .Where(constructor => constructor.Parameters.All(parameter => Match(parameter, members) is not null))
            .ToList();

        // An attribute selects a constructor; no other one is used then.
        foreach (var name in KnownNames.ConstructorAttributes)
        {
            if (type.InstanceConstructors.FirstOrDefault(constructor => constructor.HasAttribute(name)) is not { } marked)
                continue;
            if (constructors.Contains(marked, SymbolEqualityComparer.Default))
                return marked;
            if (Demanding.Contains(name))
                return null;
        }

        var ranked = constructors.GroupBy(constructor => Rank(constructor, reach)).OrderBy(static rank => rank.Key);
        var best = ranked.FirstOrDefault()?.ToList() ?? [];
        return best.FirstOrDefault(constructor => constructor.Parameters.IsEmpty && !(type.IsValueType && constructor.IsImplicitlyDeclared))
            ?? best.OrderByDescending(static constructor => constructor.Parameters.Length).FirstOrDefault();
    }

    /// <summary>The member that a constructor's parameter takes; null if there is none.</summary>
    public static PayloadMember? Match(IParameterSymbol parameter, ImmutableArray<PayloadMember> members) =>
        parameter.RefKind is not (RefKind.None or RefKind.In) ? null : members.FirstOrDefault(member =>
            string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type));

    public static string WhyNone(INamedTypeSymbol type, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            ? "no constructor has only parameters with the names and types of members; add one"
            : "no constructor that generated code can access has only parameters with the names and types of members; "
                + CustomFormatter.Remedy(type);

    // A constructor that is not public is used only if there is no public one.
    private static int Rank(IMethodSymbol constructor, MemberReach reach) =>
        constructor.DeclaredAccessibility == Accessibility.Public ? 0 : reach.Of(constructor) == Reach.Direct ? 1 : 2;

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
