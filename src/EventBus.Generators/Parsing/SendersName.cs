using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>The name of the class that holds the senders of a contract: <c>ChatEventsSenders</c> for <c>IChatEvents</c>.</summary>
internal static class SendersName
{
    /// <summary>
    /// A name that no type of the namespace has, and no class of senders. It stays if another contract is added inside a type, because the
    /// nested contract gets another name.
    /// </summary>
    public static string Of(INamedTypeSymbol contract)
    {
        var types = contract.ContainingNamespace.GetTypeMembers();
        var preferred = Preferred(contract);
        var rank = Rank(contract);
        var earlier = rank == 0
            ? []
            : types.Where(type => Preferred(type) == preferred && Rank(type) < rank && ContractEvents.IsContract(type)).Select(Of);

        // The members of a class cannot have its name.
        var taken = types.Select(static type => type.Name)
            .Concat(ContractEvents.Of(contract).Select(static method => method.Name))
            .Concat(earlier);
        return new IdentifierScope(taken).Declare(preferred);
    }

    // Of two contracts with one name, the contract of the lower rank has it.
    private static int Rank(INamedTypeSymbol contract) => contract.ContainingType is not null ? 2 : IsSecond(contract) ? 1 : 0;

    private static string Preferred(INamedTypeSymbol contract)
    {
        var name = HasPrefix(contract) ? contract.Name.Substring(1) : contract.Name;
        var full = contract.ContainingType is { } outer ? $"{Outer(outer)}_{IdentifierScope.Part(name)}" : name;
        return IsSecond(contract) ? $"{full}_Senders" : $"{full}Senders";
    }

    private static bool HasPrefix(INamedTypeSymbol contract) =>
        contract.Name.Length > 1 && contract.Name[0] == 'I' && char.IsUpper(contract.Name[1]);

    // A contract ChatEvents beside IChatEvents.
    private static bool IsSecond(INamedTypeSymbol contract) =>
        !HasPrefix(contract)
        && !(contract.ContainingType ?? (INamespaceOrTypeSymbol)contract.ContainingNamespace).GetTypeMembers($"I{contract.Name}").IsEmpty;

    private static string Outer(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"{Outer(outer)}_{IdentifierScope.Part(type.Name)}" : IdentifierScope.Part(type.Name);
}
