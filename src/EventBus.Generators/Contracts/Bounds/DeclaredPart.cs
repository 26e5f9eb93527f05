using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Bounds;

/// <summary>One of the values that an argument is made of, the way to it, and what is declared beside it.</summary>
internal sealed class DeclaredPart(string path, TypeShape shape, DeclaredLimits limits, ISymbol? declaration, bool isRepeated = false)
{
    /// <summary>As <c>order.Lines[].Article</c>.</summary>
    public string Path { get; } = path;

    public TypeShape Shape { get; } = shape;

    public DeclaredLimits Limits { get; } = limits;

    /// <summary>The parameter, property or field that limits can be declared on; null for what is inside a collection or tuple.</summary>
    public ISymbol? Declaration { get; } = declaration;

    /// <summary>Whether it is a payload or union inside itself.</summary>
    public bool IsRepeated { get; } = isRepeated;

    /// <summary>Whether nothing says how long it gets.</summary>
    public bool IsUnbounded => Shape switch
    {
        TypeShape.Scalar { Formatter: "StringFormatter" } or TypeShape.Sequence => Limits.MaxLength is null,
        TypeShape.Dictionary dictionary => dictionary.KeyFormatter == "StringKeyFormatter" || (Limits.MaxLength is null && !HasFewKeys(dictionary)),
        TypeShape.Scalar scalar => IntegerBounds.RangeOf(scalar.Type) is null && ScalarBounds.Find(scalar.Formatter) is not { Greatest: not null },
        TypeShape.Payload or TypeShape.Union => IsRepeated,
        TypeShape.Enum or TypeShape.Tuple => false,
        _ => true,
    };

    /// <summary>Whether a declared length would bound it, or at least its own part in it.</summary>
    public bool CanBeLimited => Declaration is not null && Limits.MaxLength is null && Shape switch
    {
        TypeShape.Scalar scalar => scalar.Formatter == "StringFormatter",
        TypeShape.Sequence => true,
        TypeShape.Dictionary dictionary => !HasFewKeys(dictionary),
        _ => false,
    };

    private static bool HasFewKeys(TypeShape.Dictionary dictionary) =>
        dictionary.KeyFormatter == "EnumKeyFormatter" && EnumBounds.DistinctKeys((INamedTypeSymbol)dictionary.Key) is not null;
}
