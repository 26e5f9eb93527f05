namespace EventBus.Generators.Model;

/// <summary>What is rendered for one type that events carry: the formatter of a payload or a union.</summary>
internal abstract record FormatterModel
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
}
