using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Walks all values that an argument or answer is made of, from the outside in, each payload once, with what is declared beside them.</summary>
internal sealed class DeclaredParts(TypeShapeReader reader)
{
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.IncludeNullability);

    public static IEnumerable<DeclaredPart> Of(TypeShapeReader reader, IParameterSymbol parameter) =>
        new DeclaredParts(reader).Walk(reader.Read(parameter), parameter.Name, DeclaredLimits.Of(parameter), parameter);

    public static IEnumerable<DeclaredPart> OfAnswer(TypeShapeReader reader, ITypeSymbol answer) =>
        new DeclaredParts(reader).Walk(reader.Read(answer), AnswerType.Name, DeclaredLimits.None, declaration: null);

    private IEnumerable<DeclaredPart> Walk(TypeShape shape, string path, DeclaredLimits limits, ISymbol? declaration) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path, limits, declaration),
        TypeShape.Sequence sequence => Inside(new DeclaredPart(path, shape, limits, declaration), sequence.Element, "[]"),
        TypeShape.Dictionary dictionary => Inside(new DeclaredPart(path, shape, limits, declaration), dictionary.Value, "[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}", DeclaredLimits.None, null)),
        TypeShape.Payload payload => Once(payload.Type, path, shape, () => WalkMembers(payload.Type, path)),
        TypeShape.Union union => Once(union.Type, path, shape, () => reader.Cases(union.Type).Cases.SelectMany(item => WalkMembers(item.Type, $"({path} as {item.Type.Name})"))),
        _ => [new DeclaredPart(path, shape, limits, declaration)],
    };

    private IEnumerable<DeclaredPart> Inside(DeclaredPart collection, TypeShape element, string suffix) =>
        Walk(element, collection.Path + suffix, DeclaredLimits.None, null).Prepend(collection);

    private IEnumerable<DeclaredPart> Once(INamedTypeSymbol type, string path, TypeShape shape, Func<IEnumerable<DeclaredPart>> inside)
    {
        if (_open.Contains(type))
            yield return new DeclaredPart(path, shape, DeclaredLimits.None, null, isRepeated: true);
        if (!_seen.Add(type))
            yield break;

        _open.Add(type);
        foreach (var part in inside())
            yield return part;
        _open.Remove(type);
    }

    private IEnumerable<DeclaredPart> WalkMembers(INamedTypeSymbol type, string path) => reader.Members(type).Members.SelectMany(
        member => Walk(reader.Read(member), $"{path}.{member.Symbol.Name}", DeclaredLimits.Of(member.Symbol, member.Parameter), Declaration(member)));

    // A positional record declares its property with the parameter.
    private static ISymbol Declaration(PayloadMember member) =>
        member.Parameter is { } parameter && parameter.Locations.Any(location => location.IsInSource && member.Symbol.Locations.Contains(location))
            ? parameter
            : member.Symbol;
}
