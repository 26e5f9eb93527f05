using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Finds what keeps a payload from being read back as it was written.</summary>
internal static class PayloadProblem
{
    /// <summary>The first problem as the end of a sentence; null if there is none.</summary>
    /// <param name="type">The payload.</param>
    /// <param name="members">All members that its attributes leave on the wire.</param>
    /// <param name="written">Those of them that can be read back.</param>
    /// <param name="compilation">Where the code is generated.</param>
    public static string? Find(INamedTypeSymbol type, ImmutableArray<PayloadMember> members, ImmutableArray<PayloadMember> written, Compilation compilation) =>
        members.Where(member => member.IsStored && !written.Contains(member)).Select(member => WhyNotSet(member, compilation))
            .Concat(PayloadMembers.RequiredButIgnored(type).Select(static name => $"its member '{name}' is both required and ignored"))
            .Concat(written.Select(WhyContradictory).OfType<string>())
            .Concat(written.Where(static member => WireText.IsBroken(member.WireName)).Select(static member => $"its member '{member.Symbol.Name}' has a name on the wire that cannot be written: {WireText.Broken}"))
            .Concat(written.GroupBy(static member => member.WireName).Where(static group => group.Count() > 1)
                .Select(static group => $"it has two members that are called '{group.Key}' on the wire"))
            .FirstOrDefault();

    private static string WhyNotSet(PayloadMember member, Compilation compilation)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingAssembly, compilation.Assembly);
        return (member.Setter, isOwn) switch
        {
            (null, true) => $"its member '{member.Symbol.Name}' can be written but not read back; give it an 'init', or [JsonIgnore]",
            (_, false) => $"its member '{member.Symbol.Name}' can be written but not read back: what is private in another assembly is out of reach for generated code; make its setter or 'init' public, or give it [JsonIgnore]",
            _ => $"its member '{member.Symbol.Name}' can be written but not read back: the private members of a generic type are out of reach for generated code; make its setter or 'init' public or internal, or give it [JsonIgnore]",
        };
    }

    private static string? WhyContradictory(PayloadMember member) => member.Attributes switch
    {
        { IsOneWay: true } => $"its member '{member.Symbol.Name}' is ignored in one direction only, and what one side writes the other must read",
        { IsRequired: true } attributes when attributes.LeavesOutNull || attributes.LeavesOutDefault =>
            $"its member '{member.Symbol.Name}' must be there, and is left out where it is the default",
        _ => null,
    };
}
