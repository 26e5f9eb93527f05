namespace EventBus.Generators.Model.TypeScript;

/// <summary>One contract: a map from events to the signatures of their listeners.</summary>
internal sealed record TypeScriptContract
{
    public required string Name { get; init; }

    /// <summary>What it is in C#.</summary>
    public required string Origin { get; init; }

    public required EquatableArray<TypeScriptEvent> Events { get; init; }
}
