using EventBus.Generators.Contracts.Forms;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Declaring;

/// <summary>
/// Compares the compiled types with the emitted formatters. The generator sees as much of another assembly as the analyzers, so only the
/// types of the compiled assembly can differ.
/// </summary>
internal sealed class EmittedDifferences(TypeShapeReader shapes, EmittedMembers emitted)
{
    /// <summary>The paths to the types that differ, each with the difference as the end of a sentence.</summary>
    public IEnumerable<(string Path, string Difference)> Find(TypeShape shape, string name) =>
        from part in TypeParts.Of(shapes, shape, name, IsFollowed)
        where !part.IsRepeated
        let difference = Find(part)
        where difference is not null
        select (part.Path, difference);

    // No formatter is emitted for the types inside a member or a case that the generator does not see.
    private bool IsFollowed(INamedTypeSymbol type, PayloadMember? member) =>
        !IsOwn(type)
        || (member is null ? emitted.HasUnion(type) : emitted.Of(type) is { } names && names.Contains(MemberNames.Of(member.WireName)));

    private bool IsOwn(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, shapes.Compilation.Assembly);

    private string? Find(TypePart part) => part.Shape switch
    {
        TypeShape.Payload { Type: var type } when IsOwn(type) => emitted.Of(type) is { } names
            ? Compare(type, part.Members!, names)
            : $"no formatter is generated for '{type.Name}'",
        TypeShape.Union { Type: var type } when IsOwn(type) && !emitted.HasUnion(type) => $"'{type.Name}' is written without its cases",
        TypeShape.SingleValue { Type: var type } when IsOwn(type) && emitted.Of(type) is not null =>
            $"'{type.Name}' is written with its members, not as one value",
        TypeShape.Custom custom when emitted.Of(custom.Type) is not null && IsForAll(custom) =>
            $"'{custom.Type.Name}' is written without its [Formatter]",
        _ => null,
    };

    // The [Formatter] of a parameter or member is for that one only: elsewhere, a formatter is emitted for the type.
    private bool IsForAll(TypeShape.Custom custom) =>
        shapes.Read(custom.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)) is TypeShape.Custom ofType
        && SymbolEqualityComparer.Default.Equals(ofType.Formatter, custom.Formatter);

    private static string? Compare(INamedTypeSymbol type, PayloadShape shape, HashSet<string> names)
    {
        var unseen = shape.Members.Where(member => !names.Contains(MemberNames.Of(member.WireName))).ToList();
        var others = names.Except(shape.Members.Select(static member => MemberNames.Of(member.WireName))).ToList();
        return (unseen.Count, others.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"{Quote(unseen.Select(static member => member.Symbol.Name))} of '{type.Name}' {Verb(unseen.Count)} not sent",
            (0, _) => $"{Quote(others)} of '{type.Name}' {Verb(others.Count)} sent",
            _ => $"{Quote(others)} of '{type.Name}' {Verb(others.Count)} sent instead of {Quote(unseen.Select(static m => m.WireName))}",
        };
    }

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));

    private static string Verb(int count) => count == 1 ? "is" : "are";
}
