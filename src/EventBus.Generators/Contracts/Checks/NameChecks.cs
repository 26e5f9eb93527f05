using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks the names of events on the wire, and the names of the senders that are generated for them.</summary>
internal static class NameChecks
{
    /// <summary>EVB1006: receivers distinguish events by name alone, so a contract has each name once.</summary>
    public static IEnumerable<ContractViolation> FindDuplicates(INamedTypeSymbol contract)
    {
        var first = new Dictionary<string, IMethodSymbol>();
        foreach (var method in ContractEvents.InheritedFirst(contract))
        {
            var name = WireName.OfEvent(method);
            if (first.TryGetValue(name, out var other))
                yield return new ContractViolation(Culprit(method, contract), Display(method), name, Display(other), contract.Name);
            else
                first.Add(name, method);
        }
    }

    /// <summary>EVB1007: the name of an event is not empty, not reserved by Socket.IO, and can be written.</summary>
    public static IEnumerable<ContractViolation> FindUnusable(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        let name = WireName.OfEvent(method)
        let reason = WhyUnusable(name)
        where reason is not null
        select new ContractViolation(method, method.Name, name, reason);

    /// <summary>EVB1008: senders are extension methods, so the compiler would prefer a member of the extended type.</summary>
    public static IEnumerable<ContractViolation> FindHidden(INamedTypeSymbol contract, Compilation compilation)
    {
        // Read from the compilation, so that the list cannot fall behind the types.
        var targets = KnownNames.SenderTypes.SelectMany(name => compilation.GetTypesByMetadataName(name)).ToList();
        return from method in ContractEvents.DeclaredBy(contract)
               let hiding = targets.SelectMany(target => MembersNamed(method.Name, target)).FirstOrDefault(IsCallable)
               where hiding is not null
               select new ContractViolation(method, method.Name, hiding.ContainingType.Name);
    }

    /// <summary>
    /// EVB1017: all senders of a contract stand in one class, so two methods of the same name must not send the same types.
    /// The provided parameters do not distinguish them, and neither does the interface that declares them.
    /// </summary>
    public static IEnumerable<ContractViolation> FindSenderClashes(INamedTypeSymbol contract)
    {
        var methods = ContractEvents.InheritedFirst(contract).ToList();
        var named = methods.ToLookup(static method => method.Name);
        foreach (var method in methods)
        {
            // If they have the same name on the wire, too, EVB1006 reports them.
            var earlier = named[method.Name].TakeWhile(other => !ReferenceEquals(other, method));
            if (earlier.FirstOrDefault(other => SenderSignature(other) == SenderSignature(method)) is { } first
                && WireName.OfEvent(method) != WireName.OfEvent(first))
                yield return new ContractViolation(Culprit(method, contract), Display(method), Display(first), contract.Name);
        }
    }

    /// <summary>The signature of a sender. Nullable annotations and the names of tuple items do not count.</summary>
    public static string SenderSignature(IMethodSymbol method)
    {
        var types = EventSignature.SentParameters(method).Select(static parameter => parameter.Type);
        return $"{method.Name}({string.Join(",", types.Select(DocumentationCommentId.CreateReferenceId))})";
    }

    private static string? WhyUnusable(string name) =>
        name.Length == 0 ? "it is empty"
        : WireName.IsReserved(name) ? "Socket.IO reserves it"
        : WireName.IsBroken(name) ? $"it {WireName.Broken}"
        : null;

    private static IEnumerable<ISymbol> MembersNamed(string name, INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
                yield return member;
        }
    }

    private static bool IsCallable(ISymbol member) =>
        member is { CanBeReferencedByName: true, DeclaredAccessibility: Accessibility.Public };

    // If both events are inherited, the contract that brings them together is at fault.
    private static ISymbol Culprit(IMethodSymbol method, INamedTypeSymbol contract) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingType, contract) ? method : contract;

    private static string Display(IMethodSymbol method) => method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
}
