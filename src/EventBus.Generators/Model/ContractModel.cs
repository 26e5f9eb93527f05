namespace EventBus.Generators.Model;

/// <summary>All that is rendered for one contract. Text and numbers only: a symbol in here would keep a compilation alive and break caching.</summary>
internal sealed record ContractModel
{
    /// <summary>The name of the emitted file.</summary>
    public required string HintName { get; init; }

    /// <summary>The contract's C# namespace; null for the global one.</summary>
    public required string? Namespace { get; init; }

    /// <summary><c>public</c> or <c>internal</c>.</summary>
    public required string Accessibility { get; init; }

    /// <summary>The contract, fully qualified.</summary>
    public required string TypeName { get; init; }

    /// <summary>What a <c>cref</c> to the contract says.</summary>
    public required string DocumentationId { get; init; }

    /// <summary>The name of the static class with the senders.</summary>
    public required string SendersName { get; init; }

    /// <summary>The bus namespace as a C# literal.</summary>
    public required string BusNamespace { get; init; }

    /// <summary>Whether the contract keeps all rules. If not, the senders have no bodies and nothing is registered.</summary>
    public required bool IsValid { get; init; }

    public required EquatableArray<EventModel> Events { get; init; }

    /// <summary>Every type of the user's that the events carry, directly or inside others.</summary>
    public required EquatableArray<FormatterModel> Payloads { get; init; }
}
