using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks that every type that an event sends, directly or inside another one, can be written and read back.</summary>
internal static class TypeChecks
{
    /// <summary>The violations of one of the rules about types.</summary>
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader, PartRule rule) =>
        from found in FindAll(contract, reader)
        where found.Part.Rule == rule
        let part = found.Part
        select new ContractViolation(found.Parameter, found.Parameter.Name, found.Method.Name, part.Path, part.TypeName, part.Reason);

    /// <summary>The first unsupported part of each parameter that has one.</summary>
    public static IEnumerable<(IMethodSymbol Method, IParameterSymbol Parameter, UnsupportedPart Part)> FindAll(
        INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in EventSignature.SentParameters(method)
        let part = UnsupportedPart.Find(reader, reader.Read(parameter), parameter.Name)
        where part is not null
        select (method, parameter, part);
}

/// <summary>The first part of a type that cannot be sent: the path to it, the reason, and the rule that it breaks.</summary>
internal sealed record UnsupportedPart(string Path, string TypeName, string Reason, PartRule Rule)
{
    public static UnsupportedPart? Find(TypeShapeReader reader, TypeShape shape, string name) =>
        TypeParts.Of(reader, shape, name).Select(Of).FirstOrDefault(static part => part is not null);

    private static UnsupportedPart? Of(TypePart part) => part switch
    {
        { Shape: TypeShape.Unsupported unsupported } => Of(part, unsupported.Reason, unsupported.Rule),
        { Members.Problem: { } problem } => Of(part, problem, PartRule.Payload),
        _ => null,
    };

    private static UnsupportedPart Of(TypePart part, string reason, PartRule rule) =>
        new(part.Path, part.Shape.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason, rule);
}
