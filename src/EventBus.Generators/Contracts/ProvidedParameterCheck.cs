using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What the bus provides is asked for at most once an event, and has nothing that only what is sent can have.</summary>
internal static class ProvidedParameterCheck
{
    private const string Annotations = "System.ComponentModel.DataAnnotations";

    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        from parameter in method.Parameters
        where ProvidedParameter.Is(parameter)
        let reason = WhyUnusable(parameter, method)
        where reason is not null
        select new ContractViolation(parameter, parameter.Name, method.Name, reason);

    private static string? WhyUnusable(IParameterSymbol parameter, IMethodSymbol method)
    {
        if (method.Parameters.Any(other => other.Ordinal < parameter.Ordinal && SymbolEqualityComparer.Default.Equals(Strict(other), Strict(parameter))))
            return $"'{Strict(parameter).Name}' is asked for twice";
        if (parameter.Type.NullableAnnotation == NullableAnnotation.Annotated)
            return "it is nullable, and always there";
        if (parameter is { HasExplicitDefaultValue: true, Type.IsReferenceType: true })
            return "it has a default value, and is always there";
        return parameter.GetAttributes().Select(static attribute => attribute.AttributeClass).FirstOrDefault(IsOfWhatIsSent) is { } misplaced
            ? $"[{misplaced.Name.Replace(nameof(Attribute), "")}] says something of what is sent"
            : null;
    }

    private static ITypeSymbol Strict(IParameterSymbol parameter) =>
        parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : parameter.Type;

    private static bool IsOfWhatIsSent(INamedTypeSymbol? attribute) =>
        attribute is not null && (attribute.IsNamed(KnownNames.FormatterAttribute) || attribute.ContainingNamespace.ToDisplayString() == Annotations);
}
