using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Walks all values that an argument is made of, from the outside in, each payload once, with what is declared beside them.</summary>
internal sealed class DeclaredParts(TypeShapeReader reader)
{
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.IncludeNullability);

    public static IEnumerable<DeclaredPart> Of(TypeShapeReader reader, IParameterSymbol parameter) =>
        new DeclaredParts(reader).Walk(reader.Read(parameter.Type), parameter.Name, DeclaredLimits.Of(parameter), parameter);

    private IEnumerable<DeclaredPart> Walk(TypeShape shape, string path, DeclaredLimits limits, ISymbol? declaration) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path, limits, declaration),
        TypeShape.Sequence sequence => Inside(new DeclaredPart(path, shape, limits, declaration), sequence.Element, "[]"),
        TypeShape.Dictionary dictionary => Inside(new DeclaredPart(path, shape, limits, declaration), dictionary.Value, "[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}", DeclaredLimits.None, null)),
        TypeShape.Payload payload => WalkPayload(payload, path),
        _ => [new DeclaredPart(path, shape, limits, declaration)],
    };

    private IEnumerable<DeclaredPart> Inside(DeclaredPart collection, TypeShape element, string suffix) =>
        Walk(element, collection.Path + suffix, DeclaredLimits.None, null).Prepend(collection);

    private IEnumerable<DeclaredPart> WalkPayload(TypeShape.Payload payload, string path)
    {
        if (_open.Contains(payload.Type))
            yield return new DeclaredPart(path, payload, DeclaredLimits.None, null, isRepeated: true);
        if (!_seen.Add(payload.Type))
            yield break;

        _open.Add(payload.Type);
        foreach (var member in reader.Members(payload.Type).Members)
        {
            var limits = DeclaredLimits.Of(member.Symbol, member.Parameter);
            foreach (var part in Walk(reader.Read(member), $"{path}.{member.Symbol.Name}", limits, Declaration(member)))
                yield return part;
        }

        _open.Remove(payload.Type);
    }

    // A positional record declares its property with the parameter.
    private static ISymbol Declaration(PayloadMember member) =>
        member.Parameter is { } parameter && member.Symbol.DeclaringSyntaxReferences.Any(
            property => parameter.DeclaringSyntaxReferences.Any(declared => declared.SyntaxTree == property.SyntaxTree && declared.Span == property.Span))
            ? parameter
            : member.Symbol;
}
