using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Walks all values in an argument or ack, from the outside in, each payload once, with their declared limits.</summary>
internal sealed class DeclaredParts(TypeShapeReader reader)
{
    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.IncludeNullability);
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.IncludeNullability);

    public static IEnumerable<DeclaredPart> Of(TypeShapeReader reader, IParameterSymbol parameter) =>
        new DeclaredParts(reader).Walk(reader.Read(parameter), parameter.Name, DeclaredLimits.Of(parameter), parameter);

    public static IEnumerable<DeclaredPart> OfAck(TypeShapeReader reader, IMethodSymbol method) => reader.ReadAck(method) is { } ack
        ? new DeclaredParts(reader).Walk(ack, EventSignature.AckName, DeclaredLimits.None, declaration: null)
        : [];

    private IEnumerable<DeclaredPart> Walk(TypeShape shape, string path, DeclaredLimits limits, ISymbol? declaration) => shape switch
    {
        TypeShape.Nullable nullable => Walk(nullable.Underlying, path, limits, declaration),
        TypeShape.Sequence sequence => Inside(new DeclaredPart(path, shape, limits, declaration), sequence.Element, "[]"),
        TypeShape.Dictionary dictionary => Inside(new DeclaredPart(path, shape, limits, declaration), dictionary.Value, "[]"),
        TypeShape.Tuple tuple => tuple.Items.SelectMany((item, index) => Walk(item, $"{path}.Item{index + 1}", DeclaredLimits.None, null)),
        TypeShape.SingleValue single => Walk(single.Value, path, limits.And(LimitsOf(single)), Declaration(single)),
        TypeShape.Payload payload => Once(payload.Type, path, shape, () => WalkMembers(payload.Type, path)),
        TypeShape.Union union => Once(union.Type, path, shape, () => WalkCases(union.Type, path)),
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

    private IEnumerable<DeclaredPart> WalkCases(INamedTypeSymbol union, string path) =>
        reader.Cases(union).Cases.SelectMany(item => WalkMembers(item.Type, $"({path} as {item.Type.Name})"));

    private IEnumerable<DeclaredPart> WalkMembers(INamedTypeSymbol type, string path) =>
        from member in reader.Members(type).Members
        let limits = DeclaredLimits.Of(member.Symbol, member.Parameter)
        from part in Walk(reader.Read(member), $"{path}.{member.Symbol.Name}", limits, Declaration(member.Symbol, member.Parameter))
        select part;

    private static DeclaredLimits LimitsOf(TypeShape.SingleValue single) => DeclaredLimits.Of([.. single.Conversion.Declarations]);

    // A limit belongs on the value, if its declaration is known: a validator does not know what a limit of its type means.
    private static ISymbol? Declaration(TypeShape.SingleValue single) => single.Conversion.Declarations.IsEmpty
        ? null
        : Declaration(single.Conversion.Declarations[0], single.Conversion.Declarations[1]);

    // The parameter of a positional record declares the property as well.
    private static ISymbol Declaration(ISymbol member, ISymbol? parameter)
    {
        var isPositional = parameter?.Locations.Any(location => location.IsInSource && member.Locations.Contains(location));
        return isPositional is true ? parameter! : member;
    }
}

/// <summary>One of the values that an argument consists of, the path to it, and the limits that are declared for it.</summary>
internal sealed class DeclaredPart(string path, TypeShape shape, DeclaredLimits limits, ISymbol? declaration, bool isRepeated = false)
{
    /// <summary>As <c>order.Lines[].Article</c>.</summary>
    public string Path { get; } = path;

    public TypeShape Shape { get; } = shape;

    public DeclaredLimits Limits { get; } = limits;

    /// <summary>The parameter, property or field that limits can be declared on; null for a value inside a collection or tuple.</summary>
    public ISymbol? Declaration { get; } = declaration;

    /// <summary>Whether it is a payload or union inside itself.</summary>
    public bool IsRepeated { get; } = isRepeated;

    /// <summary>Whether nothing limits its length.</summary>
    public bool IsUnbounded => Shape switch
    {
        TypeShape.Scalar { Formatter: "StringFormatter" } or TypeShape.Sequence => Limits.MaxLength is null,
        TypeShape.Dictionary { KeyFormatter: "StringKeyFormatter" or "UriFormatter" } => true,
        TypeShape.Dictionary dictionary => Limits.MaxLength is null && !HasFewKeys(dictionary),
        TypeShape.Scalar scalar => IntegerBounds.RangeOf(scalar.Type) is null && ScalarBounds.Find(scalar.Formatter)?.Greatest is null,
        TypeShape.Payload or TypeShape.Union => IsRepeated,
        TypeShape.Enum or TypeShape.Tuple or TypeShape.NumberText => false,
        _ => true,
    };

    /// <summary>Whether a declared length would limit it, or at least its own share.</summary>
    public bool CanBeLimited => Declaration is not null && Limits.MaxLength is null && Shape switch
    {
        TypeShape.Scalar scalar => scalar.Formatter == "StringFormatter",
        TypeShape.Sequence => true,
        TypeShape.Dictionary dictionary => !HasFewKeys(dictionary),
        _ => false,
    };

    private static bool HasFewKeys(TypeShape.Dictionary dictionary) => TypeBounds.DistinctKeys(dictionary) is not null;
}
