using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Whether a contract keeps all rules: the analyzers report what it breaks, the generator only asks.</summary>
internal static class ContractValidity
{
    public static bool IsValid(INamedTypeSymbol contract, TypeShapeReader reader) =>
        IsValidAlone(contract, reader)
        && contract.AllInterfaces.All(inherited => IsValidAlone(inherited, reader))
        && !DuplicateNameCheck.Find(contract).Any()
        && !SenderClashCheck.Find(contract).Any();

    private static bool IsValidAlone(INamedTypeSymbol contract, TypeShapeReader reader) =>
        !ReachabilityCheck.Find(contract)
            .Concat(InheritanceCheck.Find(contract))
            .Concat(MemberCheck.Find(contract))
            .Concat(ParameterPassingCheck.Find(contract))
            .Concat(ProvidedParameterCheck.Find(contract))
            .Concat(ReturnTypeCheck.Find(contract, reader))
            .Concat(EventNameCheck.Find(contract))
            .Concat(SenderSurfaceCheck.Find(contract, reader.Compilation))
            .Concat(BusNamespaceCheck.Find(contract))
            .Any()
        && ParameterTypeCheck.IsKept(contract, reader);
}
