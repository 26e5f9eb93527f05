namespace EventBus.Generators.Model;

/// <summary>All that is rendered for an enum whose members are given names for the wire.</summary>
internal sealed record EnumNamesModel : FormatterModel
{
    /// <summary>The members, in the order of their declaration.</summary>
    public required EquatableArray<EnumNameModel> Names { get; init; }
}
