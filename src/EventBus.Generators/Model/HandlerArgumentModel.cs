namespace EventBus.Generators.Model;

/// <summary>One argument that a handler's method is called with.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Index">Which of the parameters that are sent it is; -1 for what the bus provides.</param>
internal sealed record HandlerArgumentModel(HandlerArgumentKind Kind, int Index = -1);
