namespace EventBus.Generators.Model.TypeScript;

/// <summary>A bus namespace and what it sends.</summary>
internal sealed record TypeScriptNamespace
{
    /// <summary>Its name as a literal.</summary>
    public required string Literal { get; init; }

    /// <summary>What is sent in it: its contracts, and what several of them have with other arguments.</summary>
    public required EquatableArray<string> Parts { get; init; }
}
