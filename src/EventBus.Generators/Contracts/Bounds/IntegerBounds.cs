using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The bytes that an integer of up to 64 bits takes: its digits and its sign.</summary>
internal static class IntegerBounds
{
    /// <summary>The smallest and the largest value of the type; null if it is no such integer.</summary>
    public static (decimal Minimum, decimal Maximum)? RangeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        SpecialType.System_Int64 => (long.MinValue, long.MaxValue),
        SpecialType.System_UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => null,
    };

    /// <summary>The part of the range within the limits; the whole range if the limits leave nothing.</summary>
    public static (decimal Minimum, decimal Maximum) Narrow((decimal Minimum, decimal Maximum) range, DeclaredLimits limits)
    {
        var minimum = Math.Max(range.Minimum, limits.Minimum ?? range.Minimum);
        var maximum = Math.Min(range.Maximum, limits.Maximum ?? range.Maximum);
        return minimum <= maximum ? (minimum, maximum) : range;
    }

    public static ByteBounds Of((decimal Minimum, decimal Maximum) range)
    {
        var (minimum, maximum) = range;
        var greatest = Math.Max(Digits(minimum), Digits(maximum));
        var least = minimum > 0 ? Digits(minimum) : maximum < 0 ? Digits(maximum) : 1;
        return new ByteBounds(least, Math.Min(greatest, Math.Max(least, TypicalSizes.IntegerDigits)), greatest);
    }

    public static int Digits(decimal integer) => integer.ToString("0", CultureInfo.InvariantCulture).Length;
}
