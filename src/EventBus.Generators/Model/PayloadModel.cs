namespace EventBus.Generators.Model;

/// <summary>All that is rendered for one class or struct that events carry.</summary>
internal sealed record PayloadModel : FormatterModel
{
    /// <summary>What tells it from a union's other cases, written first; null where it is no case.</summary>
    public required DiscriminatorModel? Discriminator { get; init; }

    /// <summary>Whether something that its formatter uses is obsolete, which may be an error.</summary>
    public required bool UsesObsolete { get; init; }

    /// <summary>The members in the order in which they are written.</summary>
    public required EquatableArray<PayloadMemberModel> Members { get; init; }

    /// <summary>The locals of the constructor's arguments, in its order.</summary>
    public required EquatableArray<string> ConstructorArguments { get; init; }

    /// <summary>The constructor's parameters where generated code may not call it and needs an accessor; null where it may.</summary>
    public required EquatableArray<string>? CreatorParameters { get; init; }
}
