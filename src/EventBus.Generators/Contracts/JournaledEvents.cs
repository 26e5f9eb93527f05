using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The events that are written to the journal, and their partition keys.</summary>
internal static class JournaledEvents
{
    /// <summary>
    /// Whether the event is journaled if it is sent by the contract: its method has the attribute, or the interface that declares it, or
    /// the contract, which may inherit it.
    /// </summary>
    public static bool Contain(IMethodSymbol method, INamedTypeSymbol contract) =>
        IsMarked(method) || IsMarked(contract) || IsMarked(method.ContainingType);

    /// <summary>Whether the parameter is a partition key.</summary>
    public static bool IsKey(IParameterSymbol parameter) => parameter.HasAttribute(KnownNames.PartitionKeyAttribute);

    private static bool IsMarked(ISymbol symbol) => symbol.HasAttribute(KnownNames.JournaledAttribute);
}
