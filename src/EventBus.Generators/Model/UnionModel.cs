namespace EventBus.Generators.Model;

/// <summary>All that is rendered for one union that events carry.</summary>
internal sealed record UnionModel : FormatterModel
{
    /// <summary>What the discriminator is called on the wire, as a C# literal.</summary>
    public required string Key { get; init; }

    public required EquatableArray<UnionCaseModel> Cases { get; init; }
}
