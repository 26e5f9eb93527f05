using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>A converter of System.Text.Json knows JSON alone, so it is not used: who gives a type or member one expects something else on the wire.</summary>
internal static class JsonConverterCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from carried in AnswerType.AndParametersOf(method, reader)
        from part in TypeParts.Of(reader, carried.Shape, carried.Name)
        from unused in Unused(part, reader)
        select new ContractViolation(carried.Symbol, unused.Path, unused.Converter);

    private static IEnumerable<(string Path, string Converter)> Unused(TypePart part, TypeShapeReader reader)
    {
        if (Unused(part.Shape.Type, part.Shape) is { } onType)
            yield return (part.Path, onType);
        foreach (var member in part.Members?.Members ?? [])
        {
            if (Unused(member.Symbol, reader.Read(member)) is { } onMember)
                yield return ($"{part.Path}.{member.Symbol.Name}", onMember);
        }
    }

    // A formatter comes before it, the framework's own types have their forms, and that an enum is written by name is known here, too.
    private static string? Unused(ISymbol carrier, TypeShape shape)
    {
        var strict = shape is TypeShape.Nullable nullable ? nullable.Underlying : shape;
        if (strict is TypeShape.Custom || (strict is TypeShape.Scalar && carrier is ITypeSymbol) || (strict is TypeShape.Enum && StringEnumConverter.IsOn(carrier)))
            return null;
        if (carrier.FindAttribute(KnownNames.JsonConverterAttribute) is not { } attribute)
            return null;
        return (attribute.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol)?.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) ?? "JsonConverter";
    }
}
