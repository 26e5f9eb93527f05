namespace EventBus;

/// <summary>One member of a cluster of .NET nodes and Socket.IO servers that share a database. Thread-safe.</summary>
/// <remarks>
/// Disposing it drains it: what was emitted before is published, the other nodes are told, and no connection, task or timer is left behind. Inside a handler it waits for all other
/// handlers; where it is being disposed already, for nothing.
/// </remarks>
public interface IEventBus : IAsyncDisposable
{
    /// <summary>Raised when <see cref="State"/> has changed.</summary>
    event Action<BusState>? StateChanged;

    /// <summary>Raised when events of another source are found missing.</summary>
    event Action<EventGap>? GapDetected;

    /// <summary>Raised when an event's attachment could not be had.</summary>
    event Action<LostAttachment>? AttachmentLost;

    /// <summary>This node's id.</summary>
    string Uid { get; }

    /// <summary>Whether the node can listen and publish now.</summary>
    BusState State { get; }

    /// <summary>What was counted since the start.</summary>
    EventBusStatistics Statistics { get; }

    /// <summary>The namespace of that name; the node begins to join it when it is first named, and stays until <see cref="IBusNamespace.LeaveAsync"/>.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    IBusNamespace Of(string name = EventBusDefaults.Namespace);

    /// <summary>Takes care of the namespaces whose names satisfy a predicate: each is set up when it is first used on this node, and left by itself when its last socket has gone, after which it may come again.</summary>
    /// <remarks>It concerns namespaces that are first used from now on, but for the main one. Where several predicates are satisfied, the one that was given first counts.</remarks>
    /// <param name="matches">Whether a name belongs to it. Called by whoever uses a namespace first; it must be thread-safe and quick.</param>
    /// <param name="configure">
    /// Sets a namespace up, with handlers of server-side events and subscriptions, each time it comes: called by whoever uses it first, before it is joined. It must not wait for the namespace. What it throws reaches
    /// the user, and the namespace is not joined. null: nothing is set up.
    /// </param>
    IMatchingNamespaces OfMatching(Func<string, bool> matches, Action<IBusNamespace>? configure = null);

    /// <summary>The sender of a contract's events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    Emitter<TContract> Emitter<TContract>()
        where TContract : class;

    /// <summary>Adds a receiver: a socket in the contract's namespace that is in these rooms and has this handler.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    ValueTask<LocalSocket> AddHandlerAsync<TContract>(TContract handler, IReadOnlyList<string>? rooms = null, CancellationToken cancellationToken = default)
        where TContract : class;

    /// <summary>Handles a contract's server-side events: what other nodes send with <see cref="Emitter{TContract}.ServerSide"/>. It begins to join the contract's namespace.</summary>
    /// <remarks>
    /// They come one at a time and in order, and what the handler's methods return is answered; one that throws answers nothing and is logged. A node has one handler an event: each takes the
    /// place of an earlier one of that name, typed or set by <see cref="IBusNamespace.OnServerSide(string, Func{IReadOnlyList{EventValue}, ValueTask{EventValue}})"/>. It ends when the
    /// namespace is left, and is set anew for the next stay.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    void HandleServerSide<TContract>(TContract handler)
        where TContract : class;
}
