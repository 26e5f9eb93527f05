namespace EventBus.Generators.Contracts.Bounds;

/// <summary>
/// The bytes of JSON that a value takes: at least, likely, and at most if anything bounds it. Binary does not count, because a message that
/// holds any travels as an attachment.
/// </summary>
internal readonly record struct ByteBounds(long Least, long Likely, long? Greatest, BinaryPresence Binary = BinaryPresence.Never)
{
    /// <summary>More than any message has. Sums and products stop here instead of overflowing.</summary>
    public const long Ceiling = 1L << 50;

    public static ByteBounds None => Exactly(0);

    /// <summary>The bounds of a type that would have to contain itself without end: no value of it exists.</summary>
    public static ByteBounds Impossible => new(Ceiling, Ceiling, null);

    /// <summary>The bounds of a type whose form the compiler does not know.</summary>
    public static ByteBounds Unknown => new(1, TypicalSizes.Unknown, null, BinaryPresence.Possible);

    private static ByteBounds Null => Exactly(4);

    public static ByteBounds Exactly(long bytes) => new(bytes, bytes, bytes);

    public static ByteBounds operator +(ByteBounds left, ByteBounds right) => new(
        Add(left.Least, right.Least),
        Add(left.Likely, right.Likely),
        left.Greatest is { } most && right.Greatest is { } more ? Add(most, more) : null,
        (BinaryPresence)Math.Max((int)left.Binary, (int)right.Binary));

    public static ByteBounds operator +(ByteBounds bounds, long bytes) => bounds + Exactly(bytes);

    /// <summary>Takes back bytes that were counted too often.</summary>
    public static ByteBounds operator -(ByteBounds left, ByteBounds right) => left with
    {
        Least = Subtract(left.Least, right.Least),
        Likely = Subtract(left.Likely, right.Likely),
        Greatest = left.Greatest - right.Greatest,
    };

    /// <summary>Either of two values.</summary>
    public static ByteBounds operator |(ByteBounds left, ByteBounds right) => new(
        Math.Min(left.Least, right.Least),
        Math.Max(left.Likely, right.Likely),
        left.Greatest is { } most && right.Greatest is { } more ? Math.Max(most, more) : null,
        left.Binary == right.Binary ? left.Binary : BinaryPresence.Possible);

    /// <summary>The value or null; likely the value, if one exists.</summary>
    public ByteBounds OrNull() => (this | Null) with { Likely = Likely < Ceiling ? Likely : Null.Likely };

    /// <summary>The value or nothing at all; likely the value, if one exists.</summary>
    public ByteBounds OrNothing() => (this | None) with { Likely = Likely < Ceiling ? Likely : 0 };

    /// <summary>Several such values, with commas between them.</summary>
    public ByteBounds Repeat(CountBounds count)
    {
        if (count.Greatest == 0)
            return None;
        return new ByteBounds(
            Repeat(Least, count.Least),
            Likely >= Ceiling ? Repeat(Likely, count.Least) : Repeat(Likely, count.Likely),
            Greatest is { } most && count.Greatest is { } times ? Repeat(most, times) : null,
            Binary == BinaryPresence.Always && count.Least == 0 ? BinaryPresence.Possible : Binary);
    }

    private static long Add(long left, long right) => Math.Min(left + right, Ceiling);

    // An impossible value stays impossible.
    private static long Subtract(long left, long right) => left >= Ceiling ? left : left - right;

    private static long Repeat(long bytes, long times)
    {
        if (times == 0)
            return 0;
        return bytes + 1 >= Ceiling / times ? Ceiling : ((bytes + 1) * times) - 1;
    }
}

/// <summary>Whether a value holds binary, which JSON cannot express.</summary>
internal enum BinaryPresence
{
    Never,
    Possible,
    Always,
}

/// <summary>The number of characters of a text, or of items of a collection.</summary>
internal readonly record struct CountBounds(long Least, long Likely, long? Greatest)
{
    /// <summary>The number within the declared limits. The middle is likely, or the typical number if there is no greatest.</summary>
    public static CountBounds Of(DeclaredLimits limits, long typical)
    {
        var least = limits.MinLength;
        var greatest = limits.MaxLength is { } most ? Math.Max(most, least) : (long?)null;
        return new CountBounds(least, greatest is { } end ? least + ((end - least) / 2) : Math.Max(least, typical), greatest);
    }

    public CountBounds AtMost(long most) => new(Math.Min(Least, most), Math.Min(Likely, most), Math.Min(Greatest ?? most, most));
}
