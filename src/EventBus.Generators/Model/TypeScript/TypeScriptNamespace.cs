namespace EventBus.Generators.Model.TypeScript;

/// <summary>A bus namespace and what its contracts are called.</summary>
internal sealed record TypeScriptNamespace
{
    /// <summary>Its name as a literal.</summary>
    public required string Literal { get; init; }

    public required EquatableArray<string> Contracts { get; init; }
}
