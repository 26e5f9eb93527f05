namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The sizes that are likely if nothing is declared. The guide to sizes lists these numbers.</summary>
internal static class TypicalSizes
{
    /// <summary>Characters of a text, each one byte.</summary>
    public const int Text = 24;

    public const int Uri = 48;

    /// <summary>Characters of a dictionary's key.</summary>
    public const int Key = 8;

    public const int Items = 8;

    public const int IntegerDigits = 6;

    /// <summary>Bytes of a value of unknown form.</summary>
    public const int Unknown = 64;

    /// <summary>One room, as <c>order-0123456789</c>.</summary>
    public const int Room = 16;

    public const int NumberDigits = 6;
}
