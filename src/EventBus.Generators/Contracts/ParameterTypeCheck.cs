using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Every type that an event carries, directly or inside another, has a form on the wire, and can be read back.</summary>
internal static class ParameterTypeCheck
{
    /// <summary>What breaks one of the rules.</summary>
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader, PartRule rule) =>
        from found in Find(contract, reader)
        where found.Part.Rule == rule
        select new ContractViolation(found.Parameter, found.Parameter.Name, found.Method.Name, found.Part.Path, found.Part.TypeName, found.Part.Reason);

    /// <summary>Whether nothing breaks any of them.</summary>
    public static bool IsKept(INamedTypeSymbol contract, TypeShapeReader reader) => !Find(contract, reader).Any();

    private static IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter, UnsupportedPart Part)> Find(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in ProvidedParameter.OthersOf(method)
        let part = UnsupportedPart.Find(reader, reader.Read(parameter), parameter.Name)
        where part is not null
        select (method, parameter, part);
}
