using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>How many bytes an enum's value takes. Values count that have a name, and of flags what they add up to.</summary>
internal static class EnumBounds
{
    public static ByteBounds Of(TypeShape.Enum shape)
    {
        var type = (INamedTypeSymbol)shape.Type;
        var numbers = IntegerBounds.Of(Range(type));
        if (!shape.ByName || Names(type) is not { Count: > 0 } names)
            return numbers;

        // Only a value that has a name of its own is written by name; sums of flags are numbers.
        var named = Bounds(names.Select(TextBounds.Quoted).ToList());
        return IsFlags(type) ? (named | numbers) with { Likely = named.Likely } : named;
    }

    /// <summary>Of a dictionary's key, where flags are names with commas between; where names are given, a number.</summary>
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

    /// <summary>How many keys of the type a dictionary can hold; null where there are too many to matter.</summary>
    public static int? DistinctKeys(INamedTypeSymbol type) => IsFlags(type) || Names(type).Count == 0 ? null : Values(type).Distinct().Count();

    /// <summary>The integers that its values are.</summary>
    public static (decimal Minimum, decimal Maximum) Range(INamedTypeSymbol type)
    {
        var whole = IntegerBounds.RangeOf(type.EnumUnderlyingType!) ?? (0, 0);
        var values = Values(type).ToList();
        if (values.Count == 0)
            return whole;
        if (!IsFlags(type))
            return (values.Min(), values.Max());

        // A sign bit among flags may turn any sum of them negative.
        return values.Min() < 0 ? whole : (0, values.Aggregate(0UL, static (all, value) => all | (ulong)value));
    }

    private static ByteBounds Bounds(List<long> bytes) => new(bytes.Min(), (long)bytes.Average(), bytes.Max());

    private static List<string> Names(INamedTypeSymbol type) => [.. EnumNames.Members(type).Select(EnumNames.Of)];

    private static IEnumerable<decimal> Values(INamedTypeSymbol type) => EnumNames.Members(type).Select(Value);

    private static decimal Value(IFieldSymbol member) => Convert.ToDecimal(member.ConstantValue, CultureInfo.InvariantCulture);

    private static bool IsFlags(INamedTypeSymbol type) => type.HasAttribute(KnownNames.FlagsAttribute);
}
