using System.Collections.Concurrent;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>A member of the cluster, as its user holds it.</summary>
internal sealed class Bus : IEventBus
{
    private readonly ClusterNode _node;
    private readonly int _socketQueueEvents;
    private readonly BusDiagnostics _diagnostics;
    private readonly Func<ValueTask> _disposeOwned;
    private readonly DisconnectedHandlers _disconnectedHandlers;
    private readonly ConcurrentDictionary<string, BusNamespace> _namespaces = new(StringComparer.Ordinal);

    /// <param name="node">The cluster beneath.</param>
    /// <param name="socketQueueEvents">The capacity of each socket's queue.</param>
    /// <param name="diagnostics">The counters.</param>
    /// <param name="disposeOwned">Disposes the objects that belong to this bus alone, after it was stopped.</param>
    public Bus(ClusterNode node, int socketQueueEvents, BusDiagnostics diagnostics, Func<ValueTask> disposeOwned)
    {
        _node = node;
        _socketQueueEvents = socketQueueEvents;
        _diagnostics = diagnostics;
        _disconnectedHandlers = new DisconnectedHandlers(diagnostics);
        _disposeOwned = disposeOwned;
        _node.Memberships.Leaving += name => _namespaces.TryRemove(name, out _);
    }

    public event Action<BusState>? StateChanged
    {
        add => _node.State.Changed += value;
        remove => _node.State.Changed -= value;
    }

    public event Action<EventGap>? GapDetected
    {
        add => _node.GapDetected += value;
        remove => _node.GapDetected -= value;
    }

    public event Action<LostAttachment>? AttachmentLost
    {
        add => _node.AttachmentLost += value;
        remove => _node.AttachmentLost -= value;
    }

    /// <summary>The filters of its events; null: none.</summary>
    public EmitFilterChain? EmitFilters { private get; init; }

    public BusDiagnostics Diagnostics => _diagnostics;

    /// <summary>Cancelled when the bus stops.</summary>
    public CancellationToken Stop => _node.Memberships.Stop;

    public string Uid => _node.Uid;

    public BusState State => _node.State.Current;

    public EventBusStatistics Statistics => _diagnostics.Snapshot() with { DisconnectedHandlers = _disconnectedHandlers.Count };

    public IBusNamespace Of(string name = EventBusDefaults.Namespace) => NamespaceOf(name);

    public IMatchingNamespaces OfMatching(Func<string, bool> matches, Action<IBusNamespace>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var family = new NamespaceFamily(matches, name => configure?.Invoke(NamespaceOf(name)));
        _node.Memberships.Add(family);
        return new MatchingNamespaces(family, _node.Memberships, EmitFilters);
    }

    public Emitter<TContract> Emitter<TContract>()
        where TContract : class
        => new(NamespaceOf(Contract<TContract>.Required.Namespace).Sender);

    public Publisher<TContract> Publisher<TContract>()
        where TContract : class
        => new(NamespaceOf(Contract<TContract>.Required.Namespace).Sender);

    public ValueTask<LocalSocket> AddHandlerAsync<TContract>(
        TContract handler, IReadOnlyList<string>? rooms = null, CancellationToken cancellationToken = default)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        return AddHandlerAsync<TContract>(new ContractHandler<TContract>(handler, Stop), rooms ?? [], cancellationToken);
    }

    /// <summary>Adds a socket with a handler of a contract's events.</summary>
    public async ValueTask<LocalSocket> AddHandlerAsync<TContract>(
        SocketHandler handler, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
        where TContract : class
    {
        var contract = typeof(TContract).Name;
        var connected = await NamespaceOf(Contract<TContract>.Required.Namespace).ConnectAsync(
            new SocketOptions { Rooms = rooms },
            socket =>
            {
                socket.Add(handler);
                socket.DisconnectedByBus = reason => _disconnectedHandlers.Add(contract, socket.Id, reason);
            },
            cancellationToken).ConfigureAwait(false);
        _disconnectedHandlers.Replace(contract);
        return connected;
    }

    public void HandleServerSide<TContract>(TContract handler)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(handler);
        HandleServerSide<TContract>(new ContractHandler<TContract>(handler, Stop));
    }

    /// <summary>Handles a contract's server-side events of other nodes.</summary>
    public void HandleServerSide<TContract>(SocketHandler handler)
        where TContract : class
    {
        var contract = Contract<TContract>.Required;
        NamespaceOf(contract.Namespace).HandleServerSide(contract, handler);
    }

    public IAsyncEnumerable<ReplayedEvent<TContract>> Replay<TContract>(
        DateTimeOffset since, CancellationToken cancellationToken = default)
        where TContract : class
        => _node.Replay.ReadAsync(Contract<TContract>.Required, new JournalStart(since), cancellationToken);

    public IAsyncEnumerable<ReplayedEvent<TContract>> Replay<TContract>(
        JournalPosition after, CancellationToken cancellationToken = default)
        where TContract : class
        => _node.Replay.ReadAsync(Contract<TContract>.Required, new JournalStart(after.At, after), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => _node.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _node.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync().ConfigureAwait(false);

        // A handler does not wait for a stop that is under way, which needs these objects.
        if (_node.HasLeft)
            await _disposeOwned().ConfigureAwait(false);
    }

    private BusNamespace NamespaceOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _namespaces.GetOrAdd(
            name,
            static (name, bus) => new BusNamespace(
                name, bus._node.Memberships, bus._socketQueueEvents, bus._diagnostics, bus.EmitFilters),
            this);
    }
}
