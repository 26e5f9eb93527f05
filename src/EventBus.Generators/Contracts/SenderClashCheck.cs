using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The senders of a contract stand in one class, so what two methods of one name send must not be of the same types: what the bus provides does not tell them apart, and neither does a base contract.</summary>
internal static class SenderClashCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        var first = new Dictionary<string, IMethodSymbol>();

        // Inherited events come first: it is the contract's own that clashes with them.
        foreach (var method in contract.AllInterfaces.SelectMany(ContractEvents.DeclaredBy).Concat(ContractEvents.DeclaredBy(contract)))
        {
            var signature = SignatureOf(method);
            if (!first.TryGetValue(signature, out var other))
            {
                first.Add(signature, method);
                continue;
            }

            // Where both are inherited, the contract that brings them together is to blame. What has one name on the wire as well is another rule's.
            var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract);
            if (WireName.OfEvent(method) != WireName.OfEvent(other))
                yield return new ContractViolation(isOwn ? method : contract, Display(method), Display(other), contract.Name);
        }
    }

    /// <summary>What the compiler tells senders by: annotations and the names of items do not count.</summary>
    public static string SignatureOf(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", ProvidedParameter.OthersOf(method).Select(static parameter => DocumentationCommentId.CreateReferenceId(parameter.Type)))})";

    private static string Display(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
