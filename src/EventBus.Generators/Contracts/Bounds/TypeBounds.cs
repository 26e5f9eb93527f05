using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Computes how many bytes the values of a type take, from the type and from what is declared beside it.</summary>
internal sealed class TypeBounds(TypeShapeReader shapes)
{
    private readonly Dictionary<ITypeSymbol, ByteBounds> _payloads = new(SymbolEqualityComparer.IncludeNullability);
    private readonly List<ITypeSymbol> _open = [];

    // The outermost type that is under way and was met again: until it is done, what was computed inside it holds only there.
    private int _outermost = int.MaxValue;

    /// <summary>What a text or collection is taken to hold at most where nothing is declared of it; null: nothing bounds it.</summary>
    public long? AssumedLength { get; init; }

    public ByteBounds Of(IParameterSymbol parameter) => Of(shapes.Read(parameter), DeclaredLimits.Of(parameter), isDeclared: true);

    private ByteBounds Of(TypeShape shape, DeclaredLimits limits, bool isDeclared = false) => shape switch
    {
        TypeShape.Scalar { Formatter: "StringFormatter" } => TextBounds.Of(Count(limits, TypicalSizes.Text, isDeclared)),
        TypeShape.Scalar scalar when IntegerBounds.RangeOf(scalar.Type) is { } range => IntegerBounds.Of(IntegerBounds.Narrow(range, limits)),
        TypeShape.Scalar scalar => ScalarBounds.Find(scalar.Formatter) ?? ByteBounds.Unknown,
        TypeShape.Enum value => EnumBounds.Of(value),
        TypeShape.Nullable nullable => Of(nullable.Underlying, limits, isDeclared).OrNull(),
        TypeShape.Sequence sequence => Of(sequence.Element, DeclaredLimits.None).Repeat(Count(limits, TypicalSizes.Items, isDeclared)) + 2,
        TypeShape.Dictionary dictionary => (Key(dictionary) + 1 + Of(dictionary.Value, DeclaredLimits.None)).Repeat(Distinct(dictionary, Count(limits, TypicalSizes.Items, isDeclared))) + 2,
        TypeShape.Tuple tuple => tuple.Items.Aggregate(ByteBounds.Exactly(1 + tuple.Items.Length), (sum, item) => sum + Of(item, DeclaredLimits.None)),
        TypeShape.Payload payload => Once(payload.Type, () => OfMembers(payload.Type, [])),
        TypeShape.Union union => Once(union.Type, () => OfCases(union.Type)),
        _ => ByteBounds.Unknown,
    };

    private CountBounds Count(DeclaredLimits limits, long typical, bool isDeclared)
    {
        var count = CountBounds.Of(limits, typical);
        return count.Greatest is null && isDeclared && AssumedLength is { } assumed ? count with { Greatest = Math.Max(assumed, count.Least) } : count;
    }

    private static CountBounds Distinct(TypeShape.Dictionary dictionary, CountBounds count) =>
        dictionary.KeyFormatter == "EnumKeyFormatter" && EnumBounds.DistinctKeys((INamedTypeSymbol)dictionary.Key) is { } keys ? count.AtMost(keys) : count;

    private static ByteBounds Key(TypeShape.Dictionary dictionary) => dictionary.KeyFormatter switch
    {
        "StringKeyFormatter" => TextBounds.Of(new CountBounds(0, TypicalSizes.Key, null)),
        "GuidKeyFormatter" => ByteBounds.Exactly(38),
        "EnumKeyFormatter" => EnumBounds.OfKey((INamedTypeSymbol)dictionary.Key),
        _ when IntegerBounds.RangeOf(dictionary.Key) is { } range => IntegerBounds.Of(range) + 2,
        _ => ByteBounds.Unknown,
    };

    private ByteBounds Once(INamedTypeSymbol type, Func<ByteBounds> compute)
    {
        if (_payloads.TryGetValue(type, out var known))
            return known;
        var index = _open.FindIndex(open => SymbolEqualityComparer.IncludeNullability.Equals(open, type));
        if (index >= 0)
        {
            _outermost = Math.Min(_outermost, index);
            return ByteBounds.Impossible;
        }

        _open.Add(type);
        var bounds = compute();
        _open.RemoveAt(_open.Count - 1);
        if (_outermost >= _open.Count)
        {
            _outermost = int.MaxValue;
            _payloads.Add(type, bounds);
        }

        return bounds;
    }

    private ByteBounds OfCases(INamedTypeSymbol union)
    {
        var shape = shapes.Cases(union);
        var cases = shape.Cases.Select(item => OfMembers(item.Type, item.Discriminator is { } discriminator ? [(Discriminator(shape.Key, discriminator), false)] : [])).ToList();
        var likely = cases.Where(static item => item.Likely < ByteBounds.Ceiling).Select(static item => item.Likely).DefaultIfEmpty(ByteBounds.Ceiling).Max();
        return cases.Aggregate(static (either, other) => either | other) with { Likely = likely };
    }

    private static ByteBounds Discriminator(string key, object discriminator) =>
        ByteBounds.Exactly(TextBounds.Quoted(key) + 2 + (discriminator is string text ? TextBounds.Quoted(text) : $"{discriminator}".Length));

    /// <param name="type">The class or struct.</param>
    /// <param name="first">What comes before its members, with a comma.</param>
    private ByteBounds OfMembers(INamedTypeSymbol type, IEnumerable<(ByteBounds Bounds, bool MayBeMissing)> first)
    {
        var members = first.Concat(shapes.Members(type).Members.Select(Of)).ToList();
        var sum = members.Aggregate(ByteBounds.None, static (sum, member) => sum + member.Bounds);

        // Every member brought a comma, and the first has none: a member that can be left out is one of those that bring nothing at least.
        var comma = new ByteBounds(members.Any(static member => !member.MayBeMissing) ? 1 : 0, members.Count == 0 ? 0 : 1, members.Count == 0 ? 0 : 1);
        return sum + 2 - comma;
    }

    private (ByteBounds Bounds, bool MayBeMissing) Of(PayloadMember member)
    {
        var shape = shapes.Read(member);
        var mayBeMissing = member.Attributes.LeavesOutDefault || (member.Attributes.LeavesOutNull && shape is TypeShape.Nullable);
        if (mayBeMissing && shape is TypeShape.Nullable nullable)
            shape = nullable.Underlying;
        var bounds = Of(shape, DeclaredLimits.Of(member.Symbol, member.Parameter), isDeclared: true) + (TextBounds.Quoted(member.WireName) + 2);
        return (mayBeMissing ? bounds.OrNothing() : bounds, mayBeMissing);
    }
}
