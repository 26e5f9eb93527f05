using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Using;

/// <summary>Finds the event of a contract that a generated sender sends.</summary>
internal static class SentEvent
{
    /// <summary>The method of the contract; null if it has none for this sender.</summary>
    public static IMethodSymbol? Find(IMethodSymbol sender, INamedTypeSymbol contract)
    {
        // A sender has the target before the event's parameters, and may have a CancellationToken after them.
        var sent = sender.Parameters.Skip(1).Where(static parameter => parameter.Type.Name != nameof(CancellationToken)).ToList();
        return ContractEvents.Of(contract).FirstOrDefault(method => method.Name == sender.Name && HasParameters(method, sent));
    }

    private static bool HasParameters(IMethodSymbol method, List<IParameterSymbol> sent) =>
        EventSignature.SentParameters(method).Count() == sent.Count && sent.All(argument => method.Parameters.Any(
            parameter => parameter.Name == argument.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, argument.Type)));
}
