using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The senders of a contract stand in one class, so what two methods of one name send must not be of the same types: what the bus provides does not tell them apart, and neither does a base contract.</summary>
internal static class SenderClashCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        // Inherited events come first: it is the contract's own that clashes with them.
        var methods = contract.AllInterfaces.SelectMany(ContractEvents.DeclaredBy).Concat(ContractEvents.DeclaredBy(contract)).ToList();
        var named = methods.ToLookup(static method => method.Name);
        foreach (var method in methods)
        {
            // Where both are inherited, the contract that brings them together is to blame. What has one name on the wire as well is another rule's.
            var isOwn = SymbolEqualityComparer.Default.Equals(method.ContainingType, contract);
            if (named[method.Name].TakeWhile(other => !ReferenceEquals(other, method)).FirstOrDefault(other => SignatureOf(other) == SignatureOf(method)) is { } first
                && WireName.OfEvent(method) != WireName.OfEvent(first))
                yield return new ContractViolation(isOwn ? method : contract, Display(method), Display(first), contract.Name);
        }
    }

    /// <summary>What the compiler tells senders by: annotations and the names of items do not count.</summary>
    public static string SignatureOf(IMethodSymbol method) =>
        $"{method.Name}({string.Join(",", ProvidedParameter.OthersOf(method).Select(static parameter => DocumentationCommentId.CreateReferenceId(parameter.Type)))})";

    private static string Display(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
