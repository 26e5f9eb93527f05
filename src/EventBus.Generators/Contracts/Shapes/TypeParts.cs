using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Walks all types that a type is composed of, from the outside in, each payload once.</summary>
internal sealed class TypeParts(TypeShapeReader reader, Func<INamedTypeSymbol, PayloadMember?, bool>? isFollowed)
{
    // Half of the depth that the wire allows. A type that needs more grows without end, as Node<List<T>> in Node<T>.
    private const int MaxDepth = 64;

    private readonly HashSet<ITypeSymbol> _unions = new(SymbolEqualityComparer.IncludeNullability);

    // Of a case the discriminator is written, so the same type alone is another part.
    private readonly HashSet<ITypeSymbol> _cases = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ITypeSymbol> _alone = new(SymbolEqualityComparer.IncludeNullability);
    private bool _isEndless;

    /// <summary>The parts of a type.</summary>
    /// <param name="reader">Reads the types.</param>
    /// <param name="shape">The shape of the type.</param>
    /// <param name="name">The path to the type.</param>
    /// <param name="isFollowed">
    /// Whether the walk goes into a member of a payload, or into the cases of a union: then the member is null. By default, it goes into
    /// all of them.
    /// </param>
    public static IEnumerable<TypePart> Of(
        TypeShapeReader reader, TypeShape shape, string name, Func<INamedTypeSymbol, PayloadMember?, bool>? isFollowed = null) =>
        new TypeParts(reader, isFollowed).Walk(shape, name);

    private IEnumerable<TypePart> Walk(TypeShape shape, string path) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path),
        TypeShape.Sequence sequence => Walk(sequence.Element, $"{path}[]"),
        TypeShape.Dictionary dictionary => Walk(dictionary.Value, $"{path}[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}")),
        TypeShape.Payload payload => WalkPayload(payload, path, isCase: false),
        TypeShape.Union union => _unions.Add(union.Type) ? WalkUnion(union, path) : [],
        _ => [new TypePart(path, shape, null)],
    };

    private bool IsFollowed(INamedTypeSymbol type, PayloadMember? member) => isFollowed?.Invoke(type, member) ?? true;

    private IEnumerable<TypePart> WalkPayload(TypeShape.Payload payload, string path, bool isCase)
    {
        // The typeof of a case has no annotation.
        var type = payload.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        if (!(isCase ? _cases : _alone).Add(type))
            return [];

        // The members are walked already.
        return (isCase ? _alone : _cases).Contains(type)
            ? [new TypePart(path, payload, reader.Members(payload.Type), isCase, isRepeated: true)]
            : WalkMembers(payload, path, isCase);
    }

    private IEnumerable<TypePart> WalkUnion(TypeShape.Union union, string path)
    {
        yield return new TypePart(path, union, null);
        if (!IsFollowed(union.Type, null))
            yield break;

        var cases = reader.Cases(union.Type);
        if (cases.Problem is { } problem)
            yield return Unsupported(union, path, problem);

        // A case of the union's own type is not the union again.
        foreach (var item in cases.Cases)
        {
            var shape = reader.ReadCase(union.Type, item.Type);
            var isItself = SymbolEqualityComparer.Default.Equals(shape.Type, union.Type);
            var casePath = isItself ? path : $"({path} as {item.Type.Name})";
            var parts = shape is TypeShape.Payload payload ? WalkPayload(payload, casePath, isCase: true) : Walk(shape, casePath);
            foreach (var part in parts)
                yield return part;
            if (item.Discriminator is null || !HasMember(shape, cases.Key))
                continue;
            var reason = $"its case '{item.Type.Name}' has a member with the name of the discriminator, '{cases.Key}'";
            yield return Unsupported(union, path, reason);
        }
    }

    private bool HasMember(TypeShape shape, string wireName) =>
        shape is TypeShape.Payload payload && reader.Members(payload.Type).Members.Any(member => member.WireName == wireName);

    private static TypePart Unsupported(TypeShape.Union union, string path, string reason) =>
        new(path, new TypeShape.Unsupported(union.Type, reason, PartRule.Union), null);

    private IEnumerable<TypePart> WalkMembers(TypeShape.Payload payload, string path, bool isCase)
    {
        // One report is enough: a type that grows in two ways has 2^64 parts at that depth.
        if (_isEndless)
            yield break;
        if (path.Count(static c => c == '.') > MaxDepth)
        {
            _isEndless = true;
            var reason = $"its types are nested more than {MaxDepth} levels deep";
            yield return new TypePart(path, new TypeShape.Unsupported(payload.Type, reason), null);
            yield break;
        }

        var members = reader.Members(payload.Type);
        yield return new TypePart(path, payload, members, isCase);
        var followed = members.Members.Where(member => IsFollowed(payload.Type, member));
        foreach (var part in followed.SelectMany(member => Walk(reader.Read(member), $"{path}.{member.Symbol.Name}")))
            yield return part;
    }
}

/// <summary>One part of a type, and the path to it: <c>order.Lines[].Tag</c>.</summary>
internal sealed class TypePart(string path, TypeShape shape, PayloadShape? members, bool isCase = false, bool isRepeated = false)
{
    public string Path { get; } = path;

    public TypeShape Shape { get; } = shape;

    /// <summary>The members of a payload; null for other shapes.</summary>
    public PayloadShape? Members { get; } = members;

    /// <summary>Whether it is a case of a union, which is written with its discriminator.</summary>
    public bool IsCase { get; } = isCase;

    /// <summary>Whether the same type is a part before this one: one of them is a case of a union, and the other one is not.</summary>
    public bool IsRepeated { get; } = isRepeated;
}
