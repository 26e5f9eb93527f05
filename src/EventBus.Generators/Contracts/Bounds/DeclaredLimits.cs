using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>
/// The limits that attributes of <c>System.ComponentModel.DataAnnotations</c> declare for a parameter or member: its length, or the range
/// of its number.
/// </summary>
internal sealed class DeclaredLimits
{
    private const string Annotations = "System.ComponentModel.DataAnnotations.";

    public static DeclaredLimits None { get; } = new();

    public long MinLength { get; private set; }

    public long? MaxLength { get; private set; }

    public decimal? Minimum { get; private set; }

    public decimal? Maximum { get; private set; }

    /// <summary>The limits of all these symbols: the parameter and the property of a record are one member.</summary>
    public static DeclaredLimits Of(params ISymbol?[] symbols)
    {
        var limits = new DeclaredLimits();
        foreach (var attribute in symbols.OfType<ISymbol>().SelectMany(static symbol => symbol.GetAttributes()))
            limits.Apply(attribute);
        return limits;
    }

    /// <summary>Both limits.</summary>
    public DeclaredLimits And(DeclaredLimits other) => new()
    {
        MinLength = Math.Max(MinLength, other.MinLength),
        MaxLength = MaxLength is { } most && other.MaxLength is { } otherMost ? Math.Min(most, otherMost) : MaxLength ?? other.MaxLength,
        Minimum = Minimum is { } from && other.Minimum is { } otherFrom ? Math.Max(from, otherFrom) : Minimum ?? other.Minimum,
        Maximum = Maximum is { } to && other.Maximum is { } otherTo ? Math.Min(to, otherTo) : Maximum ?? other.Maximum,
    };

    private void Apply(AttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments;
        switch (attribute.AttributeClass?.GetFullMetadataName())
        {
            case Annotations + "MaxLengthAttribute" when arguments.Length == 1:
                LimitLength(0, arguments[0].Value);
                break;
            case Annotations + "MinLengthAttribute" when arguments.Length == 1:
                LimitLength(arguments[0].Value, null);
                break;
            case Annotations + "LengthAttribute" when arguments.Length == 2:
                LimitLength(arguments[0].Value, arguments[1].Value);
                break;
            case Annotations + "StringLengthAttribute" when arguments.Length == 1:
                LimitLength(Named(attribute, "MinimumLength"), arguments[0].Value);
                break;
            case Annotations + "RangeAttribute" when arguments.Length >= 2:
                LimitNumber(attribute, arguments[arguments.Length - 2].Value, arguments[arguments.Length - 1].Value);
                break;
        }
    }

    // [MaxLength] without a number means the greatest length that a database allows. It has the length -1, and is no limit here.
    private void LimitLength(object? least, object? most)
    {
        MinLength = Math.Max(MinLength, least as int? ?? 0);
        if (most is int and >= 0 and var limit)
            MaxLength = Math.Min(MaxLength ?? long.MaxValue, limit);
    }

    private void LimitNumber(AttributeData attribute, object? least, object? most)
    {
        if (Named(attribute, "MinimumIsExclusive") is not true)
            Minimum = Number(least) is { } from ? Math.Ceiling(from) : null;
        else if (Number(least) is { } above)
            Minimum = Math.Floor(above) + 1;

        if (Named(attribute, "MaximumIsExclusive") is not true)
            Maximum = Number(most) is { } to ? Math.Floor(to) : null;
        else if (Number(most) is { } below)
            Maximum = Math.Ceiling(below) - 1;
    }

    // A limit beyond the range of decimal is beyond every integer of 64 bits, so it limits nothing.
    private static decimal? Number(object? value) => value switch
    {
        int number => number,
        double number when Math.Abs(number) < 7.9e28 => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
