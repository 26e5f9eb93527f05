namespace EventBus.Generators.Model;

/// <summary>Where an argument that a handler is called with comes from.</summary>
internal enum HandlerArgumentKind
{
    /// <summary>It was sent.</summary>
    Received,

    /// <summary>The event's context.</summary>
    Context,

    /// <summary>The token that is cancelled when the bus stops.</summary>
    CancellationToken,
}
