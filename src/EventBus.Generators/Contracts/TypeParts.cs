using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Walks all types that a parameter's or answer's type is made of, from the outside in, each payload once.</summary>
internal sealed class TypeParts(TypeShapeReader reader)
{
    /// <summary>Half of the depth that the wire allows: a type that needs more is one that grows without end, as <c>Node&lt;List&lt;T&gt;&gt;</c> in <c>Node&lt;T&gt;</c>.</summary>
    private const int MaxDepth = 64;

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ITypeSymbol> _unions = new(SymbolEqualityComparer.IncludeNullability);
    private bool _isEndless;

    public static IEnumerable<TypePart> Of(TypeShapeReader reader, TypeShape shape, string name) => new TypeParts(reader).Walk(shape, name);

    private IEnumerable<TypePart> Walk(TypeShape shape, string path) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path),
        TypeShape.Sequence sequence => Walk(sequence.Element, $"{path}[]"),
        TypeShape.Dictionary dictionary => Walk(dictionary.Value, $"{path}[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}")),
        TypeShape.Payload payload => _seen.Add(payload.Type) ? WalkPayload(payload, path) : [],
        TypeShape.Union union => _unions.Add(union.Type) ? WalkUnion(union, path) : [],
        _ => [new TypePart(path, shape, null)],
    };

    private IEnumerable<TypePart> WalkUnion(TypeShape.Union union, string path)
    {
        var cases = reader.Cases(union.Type);
        if (cases.Problem is { } problem)
            yield return new TypePart(path, new TypeShape.Unsupported(union.Type, problem, PartRule.Union), null);

        // The case of the union's own type is not the union again.
        foreach (var item in cases.Cases)
        {
            var shape = reader.ReadCase(union.Type, item.Type);
            var isItself = SymbolEqualityComparer.Default.Equals(shape.Type, union.Type);
            foreach (var part in Walk(shape, isItself ? path : $"({path} as {item.Type.Name})"))
                yield return part;
            if (shape is TypeShape.Payload payload && item.Discriminator is not null && reader.Members(payload.Type).Members.Any(member => member.WireName == cases.Key))
                yield return new TypePart(path, new TypeShape.Unsupported(union.Type, $"its case '{item.Type.Name}' has a member that is called '{cases.Key}' on the wire, as the discriminator is", PartRule.Union), null);
        }
    }

    private IEnumerable<TypePart> WalkPayload(TypeShape.Payload payload, string path)
    {
        // Once is enough: what grows on two ways has 2^64 types at that depth.
        if (_isEndless)
            yield break;
        if (path.Count(static c => c == '.') > MaxDepth)
        {
            _isEndless = true;
            yield return new TypePart(path, new TypeShape.Unsupported(payload.Type, $"its types nest deeper than {MaxDepth}"), null);
            yield break;
        }

        var members = reader.Members(payload.Type);
        yield return new TypePart(path, payload, members);
        foreach (var part in members.Members.SelectMany(member => Walk(reader.Read(member), $"{path}.{member.Symbol.Name}")))
            yield return part;
    }
}
