using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Computes the bytes that the values of a type take, from the type and from the limits that are declared for it.</summary>
internal sealed class TypeBounds(TypeShapeReader shapes)
{
    private readonly Dictionary<ITypeSymbol, ByteBounds> _payloads = new(SymbolEqualityComparer.IncludeNullability);
    private readonly List<ITypeSymbol> _open = [];

    // The outermost open type that was met again. Until it is closed, the bounds computed inside it hold only there.
    private int _outermost = int.MaxValue;

    /// <summary>The greatest length of a text or collection that has no declared limit; null if nothing limits it.</summary>
    public long? AssumedLength { get; init; }

    public ByteBounds Of(IParameterSymbol parameter) => Of(shapes.Read(parameter), DeclaredLimits.Of(parameter), isDeclared: true);

    private ByteBounds Of(TypeShape shape, DeclaredLimits limits, bool isDeclared = false) => shape switch
    {
        TypeShape.Scalar { Formatter: "StringFormatter" } => TextBounds.Of(Count(limits, TypicalSizes.Text, isDeclared)),
        TypeShape.Scalar scalar => OfScalar(scalar, limits),
        TypeShape.NumberText text => OfScalar(text.Number, limits) + (text.IsWritten ? 2 : 0),
        TypeShape.Enum value => EnumBounds.Of(value),
        TypeShape.Nullable nullable => Of(nullable.Underlying, limits, isDeclared).OrNull(),
        TypeShape.Sequence sequence => Of(sequence.Element).Repeat(Count(limits, TypicalSizes.Items, isDeclared)) + 2,
        TypeShape.Dictionary dictionary => OfDictionary(dictionary, Count(limits, TypicalSizes.Items, isDeclared)),
        TypeShape.Tuple tuple => tuple.Items.Aggregate(ByteBounds.Exactly(1 + tuple.Items.Length), (sum, item) => sum + Of(item)),
        TypeShape.SingleValue single => Of(single.Value, limits.And(DeclaredLimits.Of([.. single.Conversion.Declarations])), isDeclared),
        TypeShape.Payload payload => Once(payload.Type, () => OfMembers(payload.Type, [])),
        TypeShape.Union union => Once(union.Type, () => OfCases(union.Type)),
        _ => ByteBounds.Unknown,
    };

    private ByteBounds Of(TypeShape inner) => Of(inner, DeclaredLimits.None);

    private static ByteBounds OfScalar(TypeShape.Scalar scalar, DeclaredLimits limits) =>
        IntegerBounds.RangeOf(scalar.Type) is { } range
            ? IntegerBounds.Of(IntegerBounds.Narrow(range, limits))
            : ScalarBounds.Find(scalar.Formatter) ?? ByteBounds.Unknown;

    private ByteBounds OfDictionary(TypeShape.Dictionary dictionary, CountBounds count)
    {
        if (DistinctKeys(dictionary) is { } keys)
            count = count.AtMost(keys);
        return (OfKey(dictionary) + 1 + Of(dictionary.Value)).Repeat(count) + 2;
    }

    /// <summary>How many keys a dictionary can have because of their type; null if its type does not limit them.</summary>
    public static int? DistinctKeys(TypeShape.Dictionary dictionary) => dictionary.KeyFormatter switch
    {
        "BooleanFormatter" => 2,
        "EnumKeyFormatter" => EnumBounds.DistinctKeys((INamedTypeSymbol)dictionary.WrittenKey),
        _ => null,
    };

    private static ByteBounds OfKey(TypeShape.Dictionary dictionary) => dictionary.KeyFormatter switch
    {
        "StringKeyFormatter" => TextBounds.Of(new CountBounds(0, TypicalSizes.Key, null)),
        "GuidKeyFormatter" => ByteBounds.Exactly(38),
        "EnumKeyFormatter" => EnumBounds.OfKey((INamedTypeSymbol)dictionary.WrittenKey),
        _ when IntegerBounds.RangeOf(dictionary.WrittenKey) is { } range => IntegerBounds.Of(range) + 2,
        var formatter => ScalarBounds.FindKey(formatter) ?? ByteBounds.Unknown,
    };

    private CountBounds Count(DeclaredLimits limits, long typical, bool isDeclared)
    {
        var count = CountBounds.Of(limits, typical);
        return count.Greatest is null && isDeclared && AssumedLength is { } assumed
            ? count with { Greatest = Math.Max(assumed, count.Least) }
            : count;
    }

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
        var cases = shape.Cases.Select(item => OfMembers(item.Type, Discriminator(shape.Key, item.Discriminator))).ToList();
        var likely = cases.Select(static item => item.Likely).Where(static likely => likely < ByteBounds.Ceiling);
        return cases.Aggregate(static (either, other) => either | other) with { Likely = likely.DefaultIfEmpty(ByteBounds.Ceiling).Max() };
    }

    private static IEnumerable<(ByteBounds Bounds, bool MayBeMissing)> Discriminator(string key, object? discriminator)
    {
        if (discriminator is null)
            return [];
        var value = discriminator is string text ? TextBounds.Quoted(text) : $"{discriminator}".Length;
        return [(ByteBounds.Exactly(TextBounds.Quoted(key) + 2 + value), false)];
    }

    /// <param name="type">The class or struct.</param>
    /// <param name="first">The member before its own members, if there is one, with a comma.</param>
    private ByteBounds OfMembers(INamedTypeSymbol type, IEnumerable<(ByteBounds Bounds, bool MayBeMissing)> first)
    {
        var members = first.Concat(shapes.Members(type).Members.Select(Of)).ToList();
        if (members.Count == 0)
            return ByteBounds.Exactly(2);

        // Each member counts with a comma, but the first has none. If all members can be missing, no comma is there at least.
        var comma = new ByteBounds(members.All(static member => member.MayBeMissing) ? 0 : 1, 1, 1);
        return members.Aggregate(ByteBounds.None, static (sum, member) => sum + member.Bounds) + 2 - comma;
    }

    private (ByteBounds Bounds, bool MayBeMissing) Of(PayloadMember member)
    {
        var shape = shapes.Read(member);
        var limits = DeclaredLimits.Of(member.Symbol, member.Parameter);
        var mayBeMissing = member.Attributes.LeavesOutDefault || (member.Attributes.LeavesOutNull && shape is TypeShape.Nullable);
        if (mayBeMissing && shape is TypeShape.Nullable nullable)
            shape = nullable.Underlying;
        var bounds = Of(shape, limits, isDeclared: true) + (TextBounds.Quoted(member.WireName) + 2);
        return (mayBeMissing ? bounds.OrNothing() : bounds, mayBeMissing);
    }
}
