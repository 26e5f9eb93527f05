using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The one value that a type is on the wire, such as the <c>Guid</c> of a strongly typed id.</summary>
/// <param name="type">The type of the value.</param>
/// <param name="member">The property or field that has the value.</param>
/// <param name="factory">The static method that makes an object of a value; null if the constructor does.</param>
internal sealed class SingleValue(ITypeSymbol type, string member, string? factory)
{
    /// <summary>Without annotations, it is never null.</summary>
    public ITypeSymbol Type { get; } = type.NullableAnnotation == NullableAnnotation.None
        ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)
        : type;

    public string Member { get; } = member;

    public string? Factory { get; } = factory;

    /// <summary>The symbols that generated code names; empty if another source generator writes them.</summary>
    public ImmutableArray<ISymbol> Symbols { get; init; } = [];

    /// <summary>The declarations of the value that can limit it: the property or field, and the parameter of a record.</summary>
    public ImmutableArray<ISymbol> Declarations { get; init; } = [];
}

/// <summary>Finds the one value of a type. An attribute marks such a type: a shape alone would change with the next member.</summary>
/// <param name="Value">The value; null if the type has none.</param>
/// <param name="Problem">Why the attribute does not fit the type, as the end of a sentence; null if it does.</param>
internal sealed record SingleValueResult(SingleValue? Value, string? Problem)
{
    /// <summary>Null if the type is not marked.</summary>
    public static SingleValueResult? Find(INamedTypeSymbol type, bool isMarkedByAssembly, Compilation compilation)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
            return null;
        return VogenValue.Find(type, compilation)
            ?? StronglyTypedIdValue.Find(type, compilation)
            ?? (isMarkedByAssembly || SingleValueMark.IsOn(type)
                ? MarkedValue.Find(type, compilation)
                : StronglyTypedIdValue.WhyUnknown(type, compilation.Assembly));
    }

    public static SingleValueResult Of(SingleValue value) => new(value, null);

    public static SingleValueResult Of(string problem) => new(null, problem);
}
