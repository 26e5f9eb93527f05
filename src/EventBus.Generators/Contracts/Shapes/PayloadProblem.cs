using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds the reason why a payload cannot be read back as it was written.</summary>
internal static class PayloadProblem
{
    /// <summary>The first problem as the end of a sentence; null if there is none.</summary>
    /// <param name="type">The payload.</param>
    /// <param name="members">All members that its attributes leave on the wire.</param>
    /// <param name="written">The members that can be read back.</param>
    /// <param name="compilation">The compilation that the code is generated into.</param>
    public static string? Find(
        INamedTypeSymbol type, ImmutableArray<PayloadMember> members, ImmutableArray<PayloadMember> written, Compilation compilation) =>
        members.Where(member => member.IsStored && !written.Contains(member)).Select(member => WhyNotSet(member, compilation))
            .Concat(PayloadMembers.RequiredButIgnored(type).Select(static name => $"its member '{name}' is both required and ignored"))
            .Concat(written.Select(WhyContradictory).OfType<string>())
            .Concat(written.Select(WhyUnwritable).OfType<string>())
            .Concat(written.GroupBy(static member => member.WireName).Where(static group => group.Count() > 1)
                .Select(static group => $"it has two members that are called '{group.Key}' on the wire"))
            .FirstOrDefault();

    private static string WhyNotSet(PayloadMember member, Compilation compilation)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingAssembly, compilation.Assembly);
        var problem = $"its member '{member.Symbol.Name}' can be written but not read back";
        return (member.Setter, isOwn) switch
        {
            (null, true) => $"{problem}; give it an 'init', or [JsonIgnore]",
            (_, false) => $"{problem}: what is private in another assembly is out of reach for generated code; "
                + "make its setter or 'init' public, or give it [JsonIgnore]",
            _ => $"{problem}: the private members of a generic type are out of reach for generated code; "
                + "make its setter or 'init' public or internal, or give it [JsonIgnore]",
        };
    }

    private static string? WhyUnwritable(PayloadMember member) => WireName.IsBroken(member.WireName)
        ? $"its member '{member.Symbol.Name}' has a name on the wire that cannot be written: {WireName.Broken}"
        : null;

    private static string? WhyContradictory(PayloadMember member) => member.Attributes switch
    {
        { IsOneWay: true } =>
            $"its member '{member.Symbol.Name}' is ignored in one direction only, and what one side writes the other must read",
        { IsRequired: true } attributes when attributes.LeavesOutNull || attributes.LeavesOutDefault =>
            $"its member '{member.Symbol.Name}' must be there, and is left out where it is the default",
        _ => null,
    };
}
