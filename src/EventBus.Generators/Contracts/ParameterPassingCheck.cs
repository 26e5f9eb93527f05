using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Arguments travel by value, one per parameter.</summary>
internal static class ParameterPassingCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in method.Parameters
        let modifier = Modifier(parameter)
        where modifier is not null
        select new ContractViolation(parameter, parameter.Name, method.Name, modifier);

    public static string? Modifier(IParameterSymbol parameter) => parameter switch
    {
        { IsParams: true } => "params",
        { RefKind: RefKind.Ref } => "ref",
        { RefKind: RefKind.Out } => "out",
        { RefKind: RefKind.In } => "in",
        { RefKind: RefKind.RefReadOnlyParameter } => "ref readonly",
        _ => null,
    };
}
