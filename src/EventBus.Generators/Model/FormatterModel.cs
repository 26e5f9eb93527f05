namespace EventBus.Generators.Model;

/// <summary>A type for which a file is rendered because events carry it: a payload, a union, an enum with names, or one value.</summary>
internal abstract record FormatterModel
{
    /// <summary>The name of the emitted file.</summary>
    public required string HintName { get; init; }

    /// <summary>The namespace of the formatter.</summary>
    public required string Namespace { get; init; }

    public required string FormatterName { get; init; }

    public required string TypeName { get; init; }

    /// <summary>The name of the type as it appears in an error message.</summary>
    public required string DisplayName { get; init; }

    public required bool IsReferenceType { get; init; }

    /// <summary>The codes of the diagnostics that the file suppresses.</summary>
    public required EquatableArray<string> SuppressedCodes { get; init; }

    /// <summary>The codes that naming the type causes elsewhere.</summary>
    public required EquatableArray<string> NamingCodes { get; init; }

    /// <summary>Whether the formatter is obsolete, because it names symbols that only obsolete code may name.</summary>
    public required bool IsObsolete { get; init; }
}

/// <summary>An enum whose members have names on the wire that differ from their C# names.</summary>
internal sealed record EnumNamesModel : FormatterModel
{
    /// <summary>The members, in the order of their declaration.</summary>
    public required EquatableArray<EnumNameModel> Names { get; init; }
}

/// <summary>A member of an enum and its name on the wire.</summary>
/// <param name="Value">The member as source.</param>
/// <param name="WireName">The name on the wire as a C# literal.</param>
/// <param name="IsSecond">Whether an earlier member has the same value. The value is written by the earlier member's name.</param>
internal sealed record EnumNameModel(string Value, string WireName, bool IsSecond);

/// <summary>A type that is one value on the wire.</summary>
internal sealed record SingleValueModel : FormatterModel
{
    public required string ValueType { get; init; }

    /// <summary>The closed formatter of the type.</summary>
    public required string Formatter { get; init; }

    /// <summary>The property or field that has the value, escaped if it is a keyword.</summary>
    public required string Member { get; init; }

    /// <summary>The call that makes an object of a value, without its argument.</summary>
    public required string Maker { get; init; }
}

/// <summary>A union.</summary>
internal sealed record UnionModel : FormatterModel
{
    /// <summary>The name of the discriminator on the wire as a C# literal.</summary>
    public required string Key { get; init; }

    public required EquatableArray<UnionCaseModel> Cases { get; init; }
}

/// <summary>One case of a union.</summary>
internal sealed record UnionCaseModel
{
    public required string TypeName { get; init; }

    public required string Formatter { get; init; }

    /// <summary>Null for the union's own type, which is written without a discriminator.</summary>
    public required DiscriminatorModel? Discriminator { get; init; }
}

/// <summary>The member that identifies the case of a union.</summary>
internal sealed record DiscriminatorModel
{
    /// <summary>The name on the wire as a C# literal.</summary>
    public required string Key { get; init; }

    /// <summary>A text or a number, as a C# literal.</summary>
    public required string Value { get; init; }

    public required bool IsNumber { get; init; }
}
