using System.Globalization;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The bytes that a value of an enum takes. Only named values count, and the sums of flags.</summary>
internal static class EnumBounds
{
    public static ByteBounds Of(TypeShape.Enum shape)
    {
        var type = (INamedTypeSymbol)shape.Type;
        var numbers = IntegerBounds.Of(Range(type));
        if (!shape.ByName || Names(type) is not { Count: > 0 } names)
            return numbers;

        // Only a named value is written by name; sums of flags are numbers.
        var named = Bounds(names.Select(TextBounds.Quoted).ToList());
        return IsFlags(type) ? (named | numbers) with { Likely = named.Likely } : named;
    }

    /// <summary>The bytes of a dictionary's key. Flags are names with commas between them, or a number if attributes name them.</summary>
    public static ByteBounds OfKey(INamedTypeSymbol type)
    {
        var numbers = IntegerBounds.Of(Range(type)) + 2;
        if (Names(type) is not { Count: > 0 } names)
            return numbers;

        var named = Bounds(names.Select(TextBounds.Quoted).ToList());
        if (!IsFlags(type))
            return named;
        if (EnumNames.AreGiven(type))
            return (named | numbers) with { Likely = named.Likely };
        var flags = EnumNames.Members(type).Where(static member => Value(member) != 0).Select(static member => member.Name);
        var all = ByteBounds.Exactly(TextBounds.Quoted(string.Join(", ", flags)));
        return (named | numbers | all) with { Likely = named.Likely };
    }

    /// <summary>The number of keys of the type that a dictionary can hold; null if there are too many to matter.</summary>
    public static int? DistinctKeys(INamedTypeSymbol type) =>
        IsFlags(type) || Names(type).Count == 0 ? null : Values(type).Distinct().Count();

    /// <summary>The range of its values as integers.</summary>
    public static (decimal Minimum, decimal Maximum) Range(INamedTypeSymbol type)
    {
        var whole = IntegerBounds.RangeOf(type.EnumUnderlyingType!) ?? (0, 0);
        var values = Values(type).ToList();
        if (values.Count == 0)
            return whole;
        if (!IsFlags(type))
            return (values.Min(), values.Max());

        // A sign bit among the flags can make any sum negative.
        return values.Min() < 0 ? whole : (0, values.Aggregate(0UL, static (all, value) => all | (ulong)value));
    }

    private static ByteBounds Bounds(List<long> bytes) => new(bytes.Min(), (long)bytes.Average(), bytes.Max());

    private static List<string> Names(INamedTypeSymbol type) => [.. EnumNames.Members(type).Select(EnumNames.Of)];

    private static IEnumerable<decimal> Values(INamedTypeSymbol type) => EnumNames.Members(type).Select(Value);

    private static decimal Value(IFieldSymbol member) => Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture);

    private static bool IsFlags(INamedTypeSymbol type) => type.HasAttribute(KnownNames.FlagsAttribute);
}
