namespace EventBus.Generators.Model;

/// <summary>All that is rendered for one type that events carry.</summary>
internal sealed record PayloadModel
{
    /// <summary>The name of the emitted file.</summary>
    public required string HintName { get; init; }

    /// <summary>The namespace of the formatter: the assembly's own, so that friend assemblies do not clash.</summary>
    public required string Namespace { get; init; }

    public required string FormatterName { get; init; }

    public required string TypeName { get; init; }

    /// <summary>The type's name as an error message says it.</summary>
    public required string DisplayName { get; init; }

    public required bool IsReferenceType { get; init; }

    /// <summary>The members in the order in which they are written.</summary>
    public required EquatableArray<PayloadMemberModel> Members { get; init; }

    /// <summary>The locals of the constructor's arguments, in its order.</summary>
    public required EquatableArray<string> ConstructorArguments { get; init; }

    /// <summary>The constructor's parameters where generated code may not call it and needs an accessor; null where it may.</summary>
    public required EquatableArray<string>? CreatorParameters { get; init; }
}
