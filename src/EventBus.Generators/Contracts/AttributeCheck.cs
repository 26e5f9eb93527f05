using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The attributes of a payload's or enum's member say the same of it, whichever serializer they are for.</summary>
internal static class AttributeCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader reader) =>
        from method in ContractEvents.DeclaredBy(contract)
        from carried in AnswerType.AndParametersOf(method, reader)
        from part in TypeParts.Of(reader, carried.Shape, carried.Name)
        from contradiction in Contradictions(part)
        select new ContractViolation(carried.Symbol, contradiction.Path, contradiction.Said, contradiction.Holds);

    private static IEnumerable<(string Path, string Said, string Holds)> Contradictions(TypePart part) => part.Shape switch
    {
        TypeShape.Payload payload =>
            from member in PayloadMembers.WithAttributes(payload.Type)
            from contradiction in Names(member.Attributes.Names).Concat(Verdicts(member.Attributes.Verdicts))
            select ($"{part.Path}.{member.Symbol.Name}", contradiction.Said, contradiction.Holds),
        TypeShape.Enum { ByName: true } value =>
            from member in EnumNames.Members(value.Type)
            from contradiction in Names([.. EnumNames.Given(member)])
            select ($"{value.Type.Name}.{member.Name}", contradiction.Said, contradiction.Holds),
        _ => [],
    };

    private static IEnumerable<(string Said, string Holds)> Names(IReadOnlyList<(string Attribute, string Name)> names) =>
        from other in names.Skip(1)
        where other.Name != names[0].Name
        select ($"is called '{names[0].Name}' by {names[0].Attribute} and '{other.Name}' by {other.Attribute}", $"'{names[0].Name}'");

    private static IEnumerable<(string Said, string Holds)> Verdicts(IReadOnlyList<(string Attribute, bool IsIn)> verdicts) =>
        from other in verdicts.Skip(1).Where(other => other.IsIn != verdicts[0].IsIn).Take(1)
        select ($"is {Said(verdicts[0].IsIn)} by {verdicts[0].Attribute} and {Said(other.IsIn)} by {other.Attribute}", verdicts[0].Attribute);

    private static string Said(bool isIn) => isIn ? "put on the wire" : "kept off the wire";
}
