using EventBus.Generators.Contracts;

namespace EventBus.Generators.Model;

/// <summary>One member of a payload.</summary>
internal sealed record PayloadMemberModel
{
    /// <summary>The property's or field's name, escaped where it is a keyword.</summary>
    public required string Identifier { get; init; }

    /// <summary>The local that holds it while reading.</summary>
    public required string Local { get; init; }

    /// <summary>The local that says whether it was there.</summary>
    public required string SeenLocal { get; init; }

    /// <summary>The name on the wire as a C# literal.</summary>
    public required string WireName { get; init; }

    public required string TypeName { get; init; }

    public required string Formatter { get; init; }

    /// <summary>Whether null is a value of it. If not, null says that it is not there.</summary>
    public required bool TakesNull { get; init; }

    /// <summary>What it is before it was read, as source.</summary>
    public required string InitialValue { get; init; }

    public required MemberPresence Presence { get; init; }

    public required OmitCondition Omit { get; init; }

    /// <summary>Whether the constructor takes it; else it is set in the initializer.</summary>
    public required bool IsConstructorArgument { get; init; }

    /// <summary>Whether C# demands it in every initializer.</summary>
    public required bool IsRequiredBySyntax { get; init; }

    /// <summary>What gets its value where generated code may not name it; null where it may.</summary>
    public required AccessorModel? Getter { get; init; }

    /// <summary>What sets it after the construction where generated code may not name it; null where it may, or the constructor takes it.</summary>
    public required AccessorModel? Setter { get; init; }
}
