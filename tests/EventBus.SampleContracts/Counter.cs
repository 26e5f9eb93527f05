namespace EventBus.SampleContracts;

/// <summary>A struct with a private setter and a private field.</summary>
public record struct Counter
{
    [System.Text.Json.Serialization.JsonInclude]
    private int _steps;

    /// <summary>Set privately.</summary>
    public int Value { get; private set; }

    /// <summary>Counts.</summary>
    public readonly Counter Next() => new() { Value = Value + 1, _steps = _steps + 1 };
}
