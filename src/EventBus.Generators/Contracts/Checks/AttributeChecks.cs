using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Checks;

/// <summary>Checks the serializers' attributes on the types that an event carries.</summary>
internal static class AttributeChecks
{
    /// <summary>EVB1011: the attributes of a member agree, whichever serializer they belong to.</summary>
    public static IEnumerable<ContractViolation> FindContradictions(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from carried in CarriedParts(contract, reader)
        from contradiction in Contradictions(carried.Part)
        select new ContractViolation(carried.Symbol, contradiction.Path, contradiction.Text, contradiction.Winner);

    /// <summary>
    /// EVB1015: a converter of System.Text.Json knows JSON only, so EventBus does not use it. Its author expects another form on the wire.
    /// </summary>
    public static IEnumerable<ContractViolation> FindUnusedConverters(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from carried in CarriedParts(contract, reader)
        from unused in UnusedConverters(carried.Part, reader)
        select new ContractViolation(carried.Symbol, unused.Path, unused.Converter);

    private static IEnumerable<(ISymbol Symbol, TypePart Part)> CarriedParts(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from carried in reader.ReadCarried(method)
        from part in TypeParts.Of(reader, carried.Shape, carried.Name)
        where part is { IsRepeated: false, Shape: not TypeShape.Union }
        select (carried.Symbol, part);

    private static IEnumerable<(string Path, string Text, string Winner)> Contradictions(TypePart part) => part.Shape switch
    {
        TypeShape.Payload payload =>
            from member in PayloadMembers.WithAttributes(payload.Type)
            from contradiction in Names(member.Attributes.Names).Concat(Verdicts(member.Attributes.Verdicts))
            select ($"{part.Path}.{member.Symbol.Name}", contradiction.Text, contradiction.Winner),
        TypeShape.Enum { ByName: true } value =>
            from member in EnumNames.Members(value.Type)
            from contradiction in Names([.. EnumNames.Given(member)])
            select ($"{value.Type.Name}.{member.Name}", contradiction.Text, contradiction.Winner),
        _ => [],
    };

    private static IEnumerable<(string Text, string Winner)> Names(IReadOnlyList<(string Attribute, string Name)> names) =>
        from other in names.Skip(1)
        where other.Name != names[0].Name
        select ($"is named '{names[0].Name}' by {names[0].Attribute} and '{other.Name}' by {other.Attribute}", names[0].Attribute);

    private static IEnumerable<(string Text, string Winner)> Verdicts(IReadOnlyList<(string Attribute, bool IsIn)> verdicts) =>
        from other in verdicts.Skip(1).Where(other => other.IsIn != verdicts[0].IsIn).Take(1)
        let text = $"is {Verdict(verdicts[0].IsIn)} by {verdicts[0].Attribute} and {Verdict(other.IsIn)} by {other.Attribute}"
        select (text, verdicts[0].Attribute);

    private static string Verdict(bool isIn) => isIn ? "put on the wire" : "kept off the wire";

    private static IEnumerable<(string Path, string Converter)> UnusedConverters(TypePart part, TypeShapeReader reader)
    {
        if (UnusedConverter(part.Shape.Type, part.Shape) is { } onType)
            yield return (part.Path, onType);
        foreach (var member in part.Members?.Members ?? [])
        {
            if (UnusedConverter(member.Symbol, reader.Read(member)) is { } onMember)
                yield return ($"{part.Path}.{member.Symbol.Name}", onMember);
        }
    }

    // A [Formatter] wins over a converter, that of a strongly typed id writes the same value, the framework's own types have their forms,
    // and JsonStringEnumConverter is honoured.
    private static string? UnusedConverter(ISymbol carrier, TypeShape shape)
    {
        var strict = shape is TypeShape.Nullable nullable ? nullable.Underlying : shape;
        var isHonoured = strict is TypeShape.Custom or TypeShape.SingleValue
            || (strict is TypeShape.Scalar && carrier is ITypeSymbol)
            || (strict is TypeShape.Enum && EnumNames.AreAskedForBy(carrier));
        if (isHonoured || carrier.FindAttribute(KnownNames.JsonConverterAttribute) is not { } attribute)
            return null;
        var converter = attribute.FirstArgument() as ITypeSymbol;
        return converter?.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) ?? "JsonConverter";
    }
}
