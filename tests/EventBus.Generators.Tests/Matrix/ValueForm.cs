namespace EventBus.Generators.Tests.Matrix;

/// <summary>A row of the table of types in docs/protocol.md: types that have the same form on the wire.</summary>
/// <param name="Types">The types, as text of the page.</param>
/// <param name="Events">The events of the matrix that carry them. The first one is the example.</param>
internal sealed record ValueForm(string Types, params string[] Events)
{
    /// <summary>A remark about the form in JSON.</summary>
    public string Inline { get; init; } = "";

    /// <summary>A remark about the form in MessagePack.</summary>
    public string Attached { get; init; } = "";

    /// <summary>A remark about reading.</summary>
    public string Read { get; init; } = "";
}
