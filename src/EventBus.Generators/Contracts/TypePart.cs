namespace EventBus.Generators.Contracts;

/// <summary>One of the types that a parameter's or answer's type is made of, and the way to it: <c>order.Lines[].Tag</c>.</summary>
internal sealed class TypePart(string path, TypeShape shape, PayloadShape? members)
{
    public string Path { get; } = path;

    public TypeShape Shape { get; } = shape;

    /// <summary>What a payload is made of; null for other shapes.</summary>
    public PayloadShape? Members { get; } = members;
}
