using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>One breach of a rule: where it is, and what the rule's message says of it.</summary>
internal readonly struct ContractViolation(ISymbol symbol, params string[] arguments)
{
    public Location Location => symbol.Locations.FirstOrDefault() ?? Location.None;

    public string[] Arguments { get; } = arguments;
}
