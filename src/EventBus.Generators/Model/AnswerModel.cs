namespace EventBus.Generators.Model;

/// <summary>What the receivers of an event answer.</summary>
internal sealed record AnswerModel
{
    public required string TypeName { get; init; }

    /// <summary>The closed formatter; null where the contract is not valid.</summary>
    public required string? Formatter { get; init; }
}
