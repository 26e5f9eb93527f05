namespace EventBus.Generators.Contracts.Bounds;

/// <summary>How many characters a text has, or items a collection.</summary>
internal readonly record struct CountBounds(long Least, long Likely, long? Greatest)
{
    /// <summary>What the declared limits say; where they say nothing of the greatest, the typical number is likely, and else the middle.</summary>
    public static CountBounds Of(DeclaredLimits limits, long typical)
    {
        var least = limits.MinLength;
        var greatest = limits.MaxLength is { } most ? Math.Max(most, least) : (long?)null;
        return new CountBounds(least, greatest is { } end ? least + ((end - least) / 2) : Math.Max(least, typical), greatest);
    }

    public CountBounds AtMost(long most) => new(Math.Min(Least, most), Math.Min(Likely, most), Math.Min(Greatest ?? most, most));
}
