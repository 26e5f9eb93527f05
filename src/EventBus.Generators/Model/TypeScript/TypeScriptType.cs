namespace EventBus.Generators.Model.TypeScript;

/// <summary>One type of the user's: an interface with members, or a name for another type.</summary>
internal sealed record TypeScriptType
{
    public required string Name { get; init; }

    /// <summary>What it is in C#, and what is to be known of it.</summary>
    public required string Origin { get; init; }

    /// <summary>As <c>coupon?: string | null</c>; null where it is a name for <see cref="Expression"/>.</summary>
    public EquatableArray<string>? Members { get; init; }

    public string? Expression { get; init; }
}
