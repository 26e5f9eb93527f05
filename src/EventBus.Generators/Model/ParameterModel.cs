namespace EventBus.Generators.Model;

/// <summary>One parameter of an event.</summary>
internal sealed record ParameterModel
{
    /// <summary>The name as an error message says it.</summary>
    public required string Name { get; init; }

    /// <summary>The name, escaped where it is a keyword.</summary>
    public required string Identifier { get; init; }

    public required string TypeName { get; init; }

    /// <summary>The closed formatter; null where the contract is not valid.</summary>
    public required string? Formatter { get; init; }

    /// <summary>Whether null is a value of it. If not, null stands for the default value.</summary>
    public required bool TakesNull { get; init; }

    /// <summary>The default value as source; null where there is none.</summary>
    public required string? DefaultValue { get; init; }
}
