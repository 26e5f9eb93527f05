namespace EventBus.Generators.Model;

/// <summary>The member that tells a union's case.</summary>
internal sealed record DiscriminatorModel
{
    /// <summary>Its name on the wire as a C# literal.</summary>
    public required string Key { get; init; }

    /// <summary>Text or a number, as a C# literal.</summary>
    public required string Value { get; init; }

    public required bool IsNumber { get; init; }
}
