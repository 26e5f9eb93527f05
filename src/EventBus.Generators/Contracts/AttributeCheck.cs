using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The attributes of a payload's member say the same of it, whichever serializer they are for.</summary>
internal static class AttributeCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, Compilation compilation)
    {
        var reader = new TypeShapeReader(compilation);
        return from method in ContractEvents.DeclaredBy(contract)
               from carried in AnswerType.AndParametersOf(method, reader)
               from part in TypeParts.Of(reader, carried.Shape, carried.Name)
               where part.Members is not null
               from member in PayloadMembers.WithAttributes((INamedTypeSymbol)part.Shape.Type)
               from contradiction in Contradictions(member.Attributes)
               select new ContractViolation(carried.Symbol, $"{part.Path}.{member.Symbol.Name}", contradiction.Said, contradiction.Holds);
    }

    private static IEnumerable<(string Said, string Holds)> Contradictions(MemberAttributes attributes)
    {
        var names = attributes.Names;
        foreach (var other in names.Skip(1).Where(other => other.Name != names[0].Name))
            yield return ($"is called '{names[0].Name}' by {names[0].Attribute} and '{other.Name}' by {other.Attribute}", $"'{names[0].Name}'");

        var verdicts = attributes.Verdicts;
        foreach (var other in verdicts.Skip(1).Where(other => other.IsIn != verdicts[0].IsIn).Take(1))
            yield return ($"is {Said(verdicts[0].IsIn)} by {verdicts[0].Attribute} and {Said(other.IsIn)} by {other.Attribute}", verdicts[0].Attribute);
    }

    private static string Said(bool isIn) => isIn ? "put on the wire" : "kept off the wire";
}
