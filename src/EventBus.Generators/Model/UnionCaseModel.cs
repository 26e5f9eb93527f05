namespace EventBus.Generators.Model;

/// <summary>One case of a union.</summary>
internal sealed record UnionCaseModel
{
    public required string TypeName { get; init; }

    public required string Formatter { get; init; }

    /// <summary>Null for the union's own type, which is what a value without a discriminator is.</summary>
    public required DiscriminatorModel? Discriminator { get; init; }
}
