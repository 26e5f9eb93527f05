namespace EventBus.Generators.Model;

/// <summary>One argument that a handler's method is called with.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Field">The field that holds what was sent; null for what the bus provides.</param>
internal sealed record HandlerArgumentModel(HandlerArgumentKind Kind, string? Field = null);
