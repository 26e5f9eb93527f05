namespace EventBus.Generators.Model;

/// <summary>One contract. Models hold only text and numbers, because a symbol would keep a compilation alive and break caching.</summary>
internal sealed record ContractModel
{
    /// <summary>The name of the emitted file.</summary>
    public required string HintName { get; init; }

    /// <summary>The C# namespace of the contract; null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>The contract, fully qualified.</summary>
    public required string TypeName { get; init; }

    /// <summary>The id by which a <c>cref</c> refers to the contract.</summary>
    public required string DocumentationId { get; init; }

    /// <summary>The name of the static class that holds the senders.</summary>
    public required string SendersName { get; init; }

    /// <summary>The bus namespace as a C# literal.</summary>
    public required string BusNamespace { get; init; }

    /// <summary>Whether the contract keeps all rules. If not, its senders only throw, and it is not registered.</summary>
    public required bool IsValid { get; init; }

    public required EquatableArray<EventModel> Events { get; init; }

    /// <summary>Whether the senders are public in a CLS-compliant assembly. They name types of EventBus, which is not compliant.</summary>
    public required bool BreaksCompliance { get; init; }

    /// <summary>The codes of the diagnostics that the file suppresses.</summary>
    public required EquatableArray<string> SuppressedCodes { get; init; }

    /// <summary>
    /// Whether all emitted code is obsolete, because the contract is, and names symbols that only obsolete code may name.
    /// </summary>
    public required bool IsObsolete { get; init; }

    /// <summary>The user's types that the events carry, directly or inside others.</summary>
    public required EquatableArray<FormatterModel> Payloads { get; init; }

    /// <summary>Whether the definition names the definition of an obsolete event.</summary>
    public bool DefinesObsolete => Events.Any(static item => item.IsObsolete);
}
