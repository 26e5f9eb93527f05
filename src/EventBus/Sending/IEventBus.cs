namespace EventBus;

/// <summary>One member of a cluster of .NET nodes and Socket.IO servers that share a database. Thread-safe.</summary>
/// <remarks>
/// Disposing the bus cancels the tokens of the handlers, publishes the events that were emitted before, announces the departure to the
/// other nodes, waits for the handlers, and leaves no connection, task or timer behind. It never throws, and ends within
/// <see cref="EventBusOptions.StopTimeout"/>; handlers that run longer are named in the log. In a handler it does not wait for handlers; if
/// the bus is being disposed already, for nothing.
/// </remarks>
public interface IEventBus : IEventPublisher, IAsyncDisposable
{
    /// <summary>Raised when <see cref="State"/> has changed.</summary>
    /// <inheritdoc cref="IBusNamespace.NodeJoined" path="/remarks"/>
    event Action<BusState>? StateChanged;

    /// <summary>Raised when events of another source are found to be missing.</summary>
    /// <inheritdoc cref="IBusNamespace.NodeJoined" path="/remarks"/>
    event Action<EventGap>? GapDetected;

    /// <summary>Raised when the attachment of an event can't be read.</summary>
    /// <inheritdoc cref="IBusNamespace.NodeJoined" path="/remarks"/>
    event Action<LostAttachment>? AttachmentLost;

    /// <summary>The id of this node.</summary>
    string Uid { get; }

    /// <summary>Whether the node can listen and publish now.</summary>
    BusState State { get; }

    /// <summary>The counters since the start.</summary>
    EventBusStatistics Statistics { get; }

    /// <summary>The groups of durable handlers in the database, and their dead letters.</summary>
    IDurableGroups Groups { get; }

    /// <summary>
    /// The namespace of that name. The node begins to join it on the first call, and stays until <see cref="IBusNamespace.LeaveAsync"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    IBusNamespace Of(string name = EventBusDefaults.Namespace);

    /// <summary>
    /// Manages the namespaces whose names match a predicate. Each is set up when it is first used on this node, and left when its last
    /// socket has gone; later it may be used again.
    /// </summary>
    /// <remarks>
    /// This concerns namespaces that are first used after the call, except the main one. If several predicates match, the first that was
    /// passed counts.
    /// </remarks>
    /// <param name="matches">Whether a name belongs to the family. It must be thread-safe and quick.</param>
    /// <param name="configure">
    /// Sets up a namespace with handlers of server-side events and subscriptions, each time before it is joined; null: nothing is set up.
    /// It runs in the call that first uses the namespace and must not wait for the namespace. If it throws, that call fails with the
    /// exception and the namespace is not joined.
    /// </param>
    IMatchingNamespaces OfMatching(Func<string, bool> matches, Action<IBusNamespace>? configure = null);

    /// <summary>The emitter of a contract's events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    Emitter<TContract> Emitter<TContract>()
        where TContract : class;

    /// <summary>Adds a receiver: a socket in the contract's namespace and in these rooms, with this handler.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    /// <exception cref="EventBusStartException">
    /// The start of the bus has not begun within <see cref="EventBusOptions.PublishTimeout"/>.
    /// </exception>
    ValueTask<LocalSocket> AddHandlerAsync<TContract>(
        TContract handler, IReadOnlyList<string>? rooms = null, CancellationToken cancellationToken = default)
        where TContract : class;

    /// <summary>
    /// Handles a contract's server-side events, which other nodes send with <see cref="Emitter{TContract}.ServerSide"/>. The node begins to
    /// join the contract's namespace.
    /// </summary>
    /// <remarks>
    /// Events are handled one at a time and in order. The results of the handler's methods are the acks; if a method throws, no ack is sent
    /// and the exception is logged. A node has one handler for each event: the last handler registered for an event wins, typed or set by
    /// <see cref="IBusNamespace.OnServerSide(string, Func{IReadOnlyList{EventValue}, ValueTask{EventValue}})"/>. The registration ends when
    /// the namespace is left; register again for the next stay.
    /// </remarks>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    void HandleServerSide<TContract>(TContract handler)
        where TContract : class;

    /// <summary>
    /// Reads the contract's journaled events of a time or later: those of all sources, to all rooms, and server-side events. It ends with
    /// the events that were committed when the enumeration began.
    /// </summary>
    /// <remarks>
    /// Events of one source have the order of their sending. Among events in callers' transactions, an event comes after the events
    /// that were committed before it was sent. The time of an event is that of its statement, by the clock of the server. Events that
    /// <see cref="EventBusOptions.JournalRetention"/> has removed are missing. The journal is read in pages of up to about 4 MB, over a
    /// connection that is held only for the time of a page. The bus delivers live events meanwhile, and they may be the same ones.
    /// </remarks>
    /// <param name="since">The earliest time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    /// <exception cref="JournalNotAvailableException">
    /// Thrown by the enumeration: there is no journal, the role may not read it, or the connection was lost. Go on after the last position.
    /// </exception>
    IAsyncEnumerable<ReplayedEvent<TContract>> Replay<TContract>(DateTimeOffset since, CancellationToken cancellationToken = default)
        where TContract : class;

    /// <summary>
    /// Reads the contract's journaled events that a replay of the same contract has not returned up to this position. So repeated replays,
    /// each from the last position of the one before, return each event once, however late its transaction commits.
    /// </summary>
    /// <param name="after">The <see cref="ReplayedEvent{TContract}.Position"/> of an event of an earlier replay.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">Thrown by the enumeration: it is not a position of this journal.</exception>
    /// <inheritdoc cref="Replay{TContract}(DateTimeOffset, CancellationToken)"/>
    IAsyncEnumerable<ReplayedEvent<TContract>> Replay<TContract>(JournalPosition after, CancellationToken cancellationToken = default)
        where TContract : class;
}
