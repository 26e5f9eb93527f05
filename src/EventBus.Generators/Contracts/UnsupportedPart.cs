using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The first part of a parameter's type that has no form on the wire, and the way to it: <c>order.Lines[].Tag</c>.</summary>
internal sealed record UnsupportedPart(string Path, string TypeName, string Reason)
{
    /// <summary>Half of the depth that the wire allows: a type that needs more is one that grows without end, as <c>Node&lt;List&lt;T&gt;&gt;</c> in <c>Node&lt;T&gt;</c>.</summary>
    private const int MaxDepth = 64;

    public static UnsupportedPart? Find(TypeShapeReader reader, IParameterSymbol parameter) =>
        Find(reader, reader.Read(parameter.Type), parameter.Name, new HashSet<ITypeSymbol>(SymbolEqualityComparer.IncludeNullability));

    private static UnsupportedPart? Find(TypeShapeReader reader, TypeShape shape, string path, HashSet<ITypeSymbol> seen) => shape switch
    {
        TypeShape.Unsupported unsupported => Of(path, unsupported.Type, unsupported.Reason),
        TypeShape.Nullable nullable => Find(reader, nullable.Underlying, path, seen),
        TypeShape.Sequence sequence => Find(reader, sequence.Element, $"{path}[]", seen),
        TypeShape.Dictionary dictionary => Find(reader, dictionary.Value, $"{path}[]", seen),
        TypeShape.Tuple tuple => tuple.Items
            .Select((item, index) => Find(reader, item, $"{path}.Item{index + 1}", seen))
            .FirstOrDefault(static part => part is not null),
        TypeShape.Payload payload => seen.Add(payload.Type) ? FindInside(reader, payload.Type, path, seen) : null,
        _ => null,
    };

    private static UnsupportedPart? FindInside(TypeShapeReader reader, INamedTypeSymbol type, string path, HashSet<ITypeSymbol> seen)
    {
        var shape = PayloadShape.Of(type);
        if (shape.Problem is { } problem)
            return Of(path, type, problem);
        if (path.Count(static c => c == '.') > MaxDepth)
            return Of(path, type, $"its types nest deeper than {MaxDepth}");

        return shape.Members
            .Select(member => Find(reader, reader.Read(member.Type, member.EnumsByName), $"{path}.{member.Symbol.Name}", seen))
            .FirstOrDefault(static part => part is not null);
    }

    private static UnsupportedPart Of(string path, ITypeSymbol type, string reason) =>
        new(path, type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason);
}
