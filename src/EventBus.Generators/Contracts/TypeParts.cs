using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Walks all types that a parameter's type is made of, from the outside in, each payload once.</summary>
internal sealed class TypeParts(TypeShapeReader reader)
{
    /// <summary>Half of the depth that the wire allows: a type that needs more is one that grows without end, as <c>Node&lt;List&lt;T&gt;&gt;</c> in <c>Node&lt;T&gt;</c>.</summary>
    private const int MaxDepth = 64;

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.IncludeNullability);

    public static IEnumerable<TypePart> Of(TypeShapeReader reader, IParameterSymbol parameter) => new TypeParts(reader).Walk(reader.Read(parameter.Type), parameter.Name);

    private IEnumerable<TypePart> Walk(TypeShape shape, string path) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path),
        TypeShape.Sequence sequence => Walk(sequence.Element, $"{path}[]"),
        TypeShape.Dictionary dictionary => Walk(dictionary.Value, $"{path}[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}")),
        TypeShape.Payload payload => _seen.Add(payload.Type) ? WalkPayload(payload, path) : [],
        _ => [new TypePart(path, shape, null)],
    };

    private IEnumerable<TypePart> WalkPayload(TypeShape.Payload payload, string path)
    {
        if (path.Count(static c => c == '.') > MaxDepth)
        {
            yield return new TypePart(path, new TypeShape.Unsupported(payload.Type, $"its types nest deeper than {MaxDepth}"), null);
            yield break;
        }

        var members = reader.Members(payload.Type);
        yield return new TypePart(path, payload, members);
        foreach (var part in members.Members.SelectMany(member => Walk(reader.Read(member), $"{path}.{member.Symbol.Name}")))
            yield return part;
    }
}
