namespace EventBus.Generators.Model.TypeScript;

/// <summary>One event.</summary>
internal sealed record TypeScriptEvent
{
    /// <summary>Its name on the wire as the key of a member.</summary>
    public required string Key { get; init; }

    /// <summary>As <c>user: string</c>; the last is the callback of an event that is answered.</summary>
    public required EquatableArray<string> Parameters { get; init; }
}
