namespace EventBus.Generators.Contracts.Bounds;

/// <summary>How many bytes of JSON a value takes: at least, likely, and at most where something bounds it. Binary is not counted: it makes an attachment of the message.</summary>
internal readonly record struct ByteBounds(long Least, long Likely, long? Greatest, BinaryPresence Binary = BinaryPresence.Never)
{
    /// <summary>More than any message has: sums and products stay here in place of overflowing.</summary>
    public const long Ceiling = 1L << 50;

    public static ByteBounds None => Exactly(0);

    /// <summary>Of a type that would have to hold itself without an end: no value of it exists.</summary>
    public static ByteBounds Impossible => new(Ceiling, Ceiling, null);

    /// <summary>Of what has a form that the compiler does not know.</summary>
    public static ByteBounds Unknown => new(1, TypicalSizes.Unknown, null, BinaryPresence.Possible);

    private static ByteBounds Null => Exactly(4);

    public static ByteBounds Exactly(long bytes) => new(bytes, bytes, bytes);

    public static ByteBounds operator +(ByteBounds left, ByteBounds right) => new(
        Add(left.Least, right.Least),
        Add(left.Likely, right.Likely),
        left.Greatest is { } most && right.Greatest is { } more ? Add(most, more) : null,
        (BinaryPresence)Math.Max((int)left.Binary, (int)right.Binary));

    public static ByteBounds operator +(ByteBounds bounds, long bytes) => bounds + Exactly(bytes);

    /// <summary>Without bytes that were counted too often.</summary>
    public static ByteBounds operator -(ByteBounds left, ByteBounds right) => left with
    {
        Least = Subtract(left.Least, right.Least),
        Likely = Subtract(left.Likely, right.Likely),
        Greatest = left.Greatest - right.Greatest,
    };

    /// <summary>Either of two.</summary>
    public static ByteBounds operator |(ByteBounds left, ByteBounds right) => new(
        Math.Min(left.Least, right.Least),
        Math.Max(left.Likely, right.Likely),
        left.Greatest is { } most && right.Greatest is { } more ? Math.Max(most, more) : null,
        left.Binary == right.Binary ? left.Binary : BinaryPresence.Possible);

    /// <summary>Itself or null; likely itself, where it can be.</summary>
    public ByteBounds OrNull() => (this | Null) with { Likely = Likely < Ceiling ? Likely : Null.Likely };

    /// <summary>Itself or nothing at all; likely itself, where it can be.</summary>
    public ByteBounds OrNothing() => (this | None) with { Likely = Likely < Ceiling ? Likely : 0 };

    /// <summary>So many of them, with commas between.</summary>
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

    // What is impossible stays so.
    private static long Subtract(long left, long right) => left >= Ceiling ? left : left - right;

    private static long Repeat(long bytes, long times)
    {
        if (times == 0)
            return 0;
        return bytes + 1 >= Ceiling / times ? Ceiling : ((bytes + 1) * times) - 1;
    }
}
