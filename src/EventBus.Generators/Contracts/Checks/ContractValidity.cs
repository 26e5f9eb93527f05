using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Whether a contract keeps all rules that are errors. The analyzers report violations; the generator only needs this.</summary>
internal static class ContractValidity
{
    public static bool IsValid(INamedTypeSymbol contract, TypeShapeReader reader) =>
        !LanguageChecks.IsTooOldFor(contract, reader.Compilation)
        && IsValidAlone(contract, reader)
        && contract.AllInterfaces.All(inherited => IsValidAlone(inherited, reader))
        && !NameChecks.FindDuplicates(contract).Any()
        && !NameChecks.FindSenderClashes(contract).Any();

    private static bool IsValidAlone(INamedTypeSymbol contract, TypeShapeReader reader) =>
        !DeclarationChecks.FindUnreachable(contract)
            .Concat(DeclarationChecks.FindUnnameable(contract, reader.Aliased))
            .Concat(DeclarationChecks.FindInheritedNonContracts(contract))
            .Concat(DeclarationChecks.FindUnusableNamespace(contract))
            .Concat(MemberChecks.FindNonEvents(contract))
            .Concat(MemberChecks.FindNotByValue(contract))
            .Concat(MemberChecks.FindMisusedProvided(contract))
            .Concat(MemberChecks.FindUnsupportedReturns(contract, reader))
            .Concat(JournalChecks.FindAcknowledged(contract))
            .Concat(JournalChecks.FindUnfitKeys(contract, reader))
            .Concat(NameChecks.FindUnusable(contract))
            .Concat(NameChecks.FindHidden(contract, reader.Compilation))
            .Any()
        && !TypeChecks.FindAll(contract, reader).Any();
}

/// <summary>One violation of a rule: its location, and the arguments of the rule's message.</summary>
internal readonly struct ContractViolation(ISymbol symbol, params string[] arguments)
{
    public Location Location => symbol.Locations.FirstOrDefault() ?? Location.None;

    public string[] Arguments { get; } = arguments;
}
