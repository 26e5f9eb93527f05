using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// <c>[JsonNumberHandling]</c> on a member or its payload: which numbers are text on the wire. As in System.Text.Json, it concerns the
/// numbers of a member and those in its collections, but not those of the payloads in it.
/// </summary>
internal static class NumberHandling
{
    private const int AllowReadingFromString = 1;
    private const int WriteAsString = 2;

    /// <summary>The flags of <c>JsonNumberHandling</c> that EventBus follows. To write text implies to read it.</summary>
    public const int Used = AllowReadingFromString | WriteAsString;

    /// <summary>The flags for a member: those of its own attribute, or else those of the payload that is written.</summary>
    public static int Of(ISymbol member, INamedTypeSymbol payload) =>
        (member.FindAttribute(KnownNames.JsonNumberHandlingAttribute) ?? payload.FindAttribute(KnownNames.JsonNumberHandlingAttribute))
            ?.FirstArgument() as int? ?? 0;

    /// <summary>The shape with the numbers in it that are text; the same shape if there are none.</summary>
    public static TypeShape Apply(TypeShape shape, int flags) => (flags & Used) == 0 ? shape : Apply(shape, (flags & WriteAsString) != 0);

    /// <summary>Whether the shape of a member contains a number that is text on the wire, if only because of its type.</summary>
    public static bool Concerns(TypeShape shape) => shape switch
    {
        TypeShape.NumberText => true,
        TypeShape.Scalar scalar => BuiltInFormatters.TextNumbers.Contains(scalar.Formatter),
        TypeShape.Nullable nullable => Concerns(nullable.Underlying),
        TypeShape.Sequence sequence => Concerns(sequence.Element),
        TypeShape.Dictionary dictionary => Concerns(dictionary.Value),
        TypeShape.Tuple tuple => tuple.Items.Any(Concerns),
        _ => false,
    };

    private static TypeShape Apply(TypeShape shape, bool isWritten) => shape switch
    {
        TypeShape.Scalar scalar when IsNumber(scalar) => new TypeShape.NumberText(scalar, isWritten),
        TypeShape.Nullable nullable => Changed(nullable.Underlying, isWritten) is { } underlying
            ? new TypeShape.Nullable(nullable.Type, underlying)
            : shape,
        TypeShape.Sequence sequence => Changed(sequence.Element, isWritten) is { } element
            ? new TypeShape.Sequence(sequence.Type, sequence.Formatter, element)
            : shape,
        TypeShape.Dictionary map => Changed(map.Value, isWritten) is { } value
            ? new TypeShape.Dictionary(map.Type, map.Formatter, map.Key, map.SingleKey, map.KeyFormatter, value)
            : shape,
        TypeShape.Tuple tuple when tuple.Items.Any(item => Changed(item, isWritten) is not null) =>
            new TypeShape.Tuple(tuple.Type, [.. tuple.Items.Select(item => Apply(item, isWritten))]),
        _ => shape,
    };

    private static TypeShape? Changed(TypeShape shape, bool isWritten) =>
        Apply(shape, isWritten) is var applied && ReferenceEquals(applied, shape) ? null : applied;

    private static bool IsNumber(TypeShape.Scalar scalar) =>
        BuiltInFormatters.Integers.Contains(scalar.Formatter) || BuiltInFormatters.Reals.Contains(scalar.Formatter);
}
