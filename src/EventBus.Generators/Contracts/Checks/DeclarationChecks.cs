using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks the declaration of the interface itself: its accessibility, its base interfaces and its bus namespace.</summary>
internal static class DeclarationChecks
{
    private const string Remedy = "make it a public or internal interface without type parameters";

    /// <summary>EVB1001: generated code stands beside the contract, in its namespace, and must be able to name it.</summary>
    public static IEnumerable<ContractViolation> FindUnreachable(INamedTypeSymbol contract)
    {
        for (var type = contract; type is not null; type = type.ContainingType)
        {
            if (Obstacle(type) is not { } obstacle)
                continue;

            var isContract = SymbolEqualityComparer.Default.Equals(type, contract);
            var reason = isContract ? $"is {obstacle}" : $"is nested in '{type.Name}', which is {obstacle}";
            return [new ContractViolation(contract, contract.Name, $"{reason}; {Remedy}")];
        }

        return [];
    }

    /// <summary>EVB1001: generated code can name EventBus, and the contracts that the contract inherits.</summary>
    public static IEnumerable<ContractViolation> FindUnnameable(INamedTypeSymbol contract, AliasedAssemblies aliased)
    {
        var mark = contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.AttributeClass;
        var needed = mark is null ? contract.AllInterfaces : contract.AllInterfaces.Insert(0, mark);
        return needed.Select(aliased.WhyUnusable).OfType<string>().Take(1)
            .Select(reason => new ContractViolation(contract, contract.Name, reason));
    }

    /// <summary>
    /// EVB1001: inherited events of other assemblies have a form on the wire in this project, too. There a payload may have an internal
    /// constructor, which this project cannot call, or be of an assembly that only an alias can name here.
    /// </summary>
    public static IEnumerable<ContractViolation> FindUnusableInherited(INamedTypeSymbol contract, TypeShapeReader reader)
    {
        var violations = from inherited in contract.AllInterfaces
                         where ContractEvents.IsContract(inherited)
                         where !SymbolEqualityComparer.Default.Equals(inherited.ContainingAssembly, reader.Compilation.Assembly)
                         from method in ContractEvents.DeclaredBy(inherited)
                         from carried in reader.ReadCarried(method)
                         let part = UnsupportedPart.Find(reader, carried.Shape, carried.Name)
                         where part is not null
                         let name = $"{inherited.Name}.{method.Name}"
                         let reason = $"inherits '{name}', whose '{part.Path}' is of type '{part.TypeName}': {part.Reason}"
                         select new ContractViolation(contract, contract.Name, reason);
        return violations.Take(1);
    }

    /// <summary>EVB1010: the methods of a base interface are sent as events of the contract, so it must be a contract as well.</summary>
    public static IEnumerable<ContractViolation> FindInheritedNonContracts(INamedTypeSymbol contract) =>
        from inherited in contract.Interfaces
        where !ContractEvents.IsContract(inherited)
        select new ContractViolation(contract, contract.Name, inherited.Name);

    /// <summary>EVB1009: PostgreSQL can have a channel for the bus namespace.</summary>
    public static IEnumerable<ContractViolation> FindUnusableNamespace(INamedTypeSymbol contract)
    {
        var name = BusNamespace.Of(contract);
        if (BusNamespace.WhyUnusable(name) is { } reason)
            yield return new ContractViolation(contract, name.Replace("\0", "\\0"), contract.Name, reason);
    }

    private static string? Obstacle(INamedTypeSymbol type) => type switch
    {
        { Arity: > 0 } => "generic",
        { IsFileLocal: true } => "file-local",
        { DeclaredAccessibility: Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal } => null,
        _ => "private or protected",
    };
}
