using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The first part of a parameter's or answer's type that cannot be sent: the way to it, why, and which rule says so.</summary>
internal sealed record UnsupportedPart(string Path, string TypeName, string Reason, PartRule Rule)
{
    public static UnsupportedPart? Find(TypeShapeReader reader, TypeShape shape, string name) =>
        TypeParts.Of(reader, shape, name).Select(Of).FirstOrDefault(static part => part is not null);

    private static UnsupportedPart? Of(TypePart part) => part switch
    {
        { Shape: TypeShape.Unsupported unsupported } => Of(part, unsupported.Reason, unsupported.Rule),
        { Members.Problem: { } problem } => Of(part, problem, PartRule.Payload),
        _ => null,
    };

    private static UnsupportedPart Of(TypePart part, string reason, PartRule rule) =>
        new(part.Path, part.Shape.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), reason, rule);
}
