using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>What the bus provides to a handler that takes it, beside what was sent. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ProvidedArguments
{
    private readonly EventContext? _context;

    internal ProvidedArguments(EventContext? context, CancellationToken cancellationToken)
    {
        _context = context;
        CancellationToken = cancellationToken;
    }

    /// <summary>Where the event came from; only for an event that takes it.</summary>
    public EventContext Context => _context!;

    /// <summary>Cancelled when the bus stops.</summary>
    public CancellationToken CancellationToken { get; }
}
