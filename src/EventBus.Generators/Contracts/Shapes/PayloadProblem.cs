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
    /// <param name="shapes">The reader of the compilation that the code is generated into.</param>
    public static string? Find(
        INamedTypeSymbol type, ImmutableArray<PayloadMember> members, ImmutableArray<PayloadMember> written, TypeShapeReader shapes) =>
        members.Where(member => member.IsStored && !written.Contains(member)).Select(member => WhyNotSet(member, type, shapes))
            .Concat(PayloadMembers.RequiredButIgnored(type).Select(static name => $"the member '{name}' is both required and ignored"))
            .Concat(written.Select(WhyContradictory).OfType<string>())
            .Concat(written.Select(WhyUnwritable).OfType<string>())
            .Concat(written.GroupBy(static member => member.WireName).Where(static group => group.Count() > 1)
                .Select(static group => $"two members have the name '{group.Key}' on the wire"))
            .FirstOrDefault();

    private static string WhyNotSet(PayloadMember member, ITypeSymbol payload, TypeShapeReader shapes)
    {
        var isOwn = SymbolEqualityComparer.Default.Equals(member.Symbol.ContainingAssembly, shapes.Compilation.Assembly);
        var problem = $"the member '{member.Symbol.Name}' can be written but not read";
        return (member.Setter, isOwn) switch
        {
            (null, true) when !payload.IsValueType && Fillable(shapes.Read(member)) is { } fillable =>
                $"{problem}; add an 'init' accessor, declare it as a '{fillable}', which is filled, or add [JsonIgnore]",
            (null, true) => $"{problem}; add an 'init' accessor, or [JsonIgnore]",
            (_, false) => $"{problem}, because generated code cannot access private members of another assembly; "
                + $"make its accessor public, add [JsonIgnore], or {CustomFormatter.Remedy(payload)}",
            _ => $"{problem}, because generated code cannot access private members of a generic type; "
                + "make its accessor public or internal, or add [JsonIgnore]",
        };
    }

    // The type that generated code could fill instead of a read-only collection.
    private static string? Fillable(TypeShape shape) => shape switch
    {
        { IsFillable: true } => null,
        TypeShape.Nullable nullable => Fillable(nullable.Underlying),
        TypeShape.Sequence sequence => $"List<{Display(sequence.Element.Type)}>",
        TypeShape.Dictionary dictionary => $"Dictionary<{Display(dictionary.Key)}, {Display(dictionary.Value.Type)}>",
        _ => null,
    };

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private static string? WhyUnwritable(PayloadMember member) => WireName.IsBroken(member.WireName)
        ? $"the name of the member '{member.Symbol.Name}' on the wire {WireName.Broken}"
        : null;

    private static string? WhyContradictory(PayloadMember member) => member switch
    {
        { Attributes.IsOneWay: true } =>
            $"the member '{member.Symbol.Name}' is ignored in one direction only; ignore it in both, or in none",
        { Attributes.IsRequired: true } when PayloadPresence.Omit(member) != OmitCondition.Never =>
            $"the member '{member.Symbol.Name}' is required, but omitted if it has its default value",
        _ => null,
    };
}
