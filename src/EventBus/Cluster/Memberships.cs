using System.Collections.Concurrent;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>
/// The memberships of this node in bus namespaces. A namespace is joined on its first use. It is left on demand or, if it belongs to a
/// family, with its last socket. Thread-safe.
/// </summary>
internal sealed class Memberships(Func<string, ClusterAdapter> createAdapter, ClusterContext context)
{
    private readonly Lock _lock = new(); // Guards changes. Reading _present takes no lock.
    private readonly ConcurrentDictionary<string, Membership> _present = new(StringComparer.Ordinal);
    private readonly HashSet<Membership> _departing = []; // They are not returned to callers any more.
    private NamespaceFamily[] _families = [];

    /// <summary>Raised with the name of a namespace when this node begins to leave it.</summary>
    public event Action<string>? Leaving;

    /// <summary>Cancelled when the node stops.</summary>
    public CancellationToken Stop => context.Stop;

    /// <summary>Whether the node has started to receive.</summary>
    public bool HasStarted => context.Started.IsCompletedSuccessfully;

    public TimeProvider Time => context.Time;

    /// <summary>
    /// Waits until the start of the bus begins, for as long as an event waits to be published. The start itself may take longer, for
    /// example if the database is down.
    /// </summary>
    /// <exception cref="EventBusStartException">Nothing has started the bus in this time.</exception>
    public async ValueTask WaitForStartAsync(string busNamespace, CancellationToken cancellationToken)
    {
        var limit = context.Options.PublishTimeout;
        try
        {
            await context.Begun.WaitAsync(limit, context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new EventBusStartException(
                $"The node did not join the namespace '{busNamespace}' within {limit.TotalSeconds} s: the bus has not started. It starts "
                + "with the host. Call AddHandler on the result of AddEventBus before the host is built, or join in a hosted service.",
                exception,
                isTransient: true);
        }
    }

    /// <summary>The bounds of the queues of this node's sockets, and the full ones.</summary>
    public ReceivePressure Pressure => context.Pressure;

    /// <inheritdoc cref="EventBusOptions.AllowRemoteManagement"/>
    public bool AllowRemoteManagement => context.Options.AllowRemoteManagement;

    /// <inheritdoc cref="EventBusOptions.SlowSocketPolicy"/>
    public SlowSocketPolicy SlowSocketPolicy => context.Options.SlowSocketPolicy;

    /// <summary>Waits for handlers that are to end.</summary>
    public HandlerWait HandlerWait => context.HandlerWait;

    /// <summary>Returns the membership of a namespace. The first call begins to join it.</summary>
    /// <exception cref="ArgumentException">The channel of the namespace is not valid.</exception>
    public Membership Of(string busNamespace) => _present.GetValueOrDefault(busNamespace) ?? Begin(busNamespace);

    /// <summary>Returns the adapter of a namespace that this node has joined or is joining; else null.</summary>
    public ClusterAdapter? Find(string busNamespace) => _present.GetValueOrDefault(busNamespace)?.Adapter;

    /// <summary>Returns the adapters of a family's namespaces that this node has joined or is joining.</summary>
    public ClusterAdapter[] Of(NamespaceFamily family) =>
        [.. _present.Values.Where(membership => membership.Family == family).Select(static membership => membership.Adapter)];

    /// <summary>Returns every membership that has not ended, including the departing ones.</summary>
    public Membership[] All()
    {
        lock (_lock)
            return [.. _departing, .. _present.Values];
    }

    /// <summary>Adds a family of namespaces. If several families match a name, the first one applies.</summary>
    public void Add(NamespaceFamily family)
    {
        lock (_lock)
            _families = [.. _families, family];
    }

    /// <summary>
    /// Leaves a namespace. It completes when no message of the namespace is received any more and its sockets have drained. Inside a
    /// handler, for which it may wait, it completes at once.
    /// </summary>
    public Task LeaveAsync(string busNamespace)
    {
        if (_present.GetValueOrDefault(busNamespace) is { } membership)
            LeaveIfPresent(membership);
        if (HandlerRun.IsInside)
            return Task.CompletedTask;
        lock (_lock)
            return Task.WhenAll(Departing(busNamespace).Select(static departing => departing.Left));
    }

    private Membership Begin(string busNamespace)
    {
        var family = busNamespace == EventBusDefaults.Namespace
            ? null
            : Array.Find(Volatile.Read(ref _families), family => family.Matches(busNamespace));
        Membership membership;
        lock (_lock)
        {
            if (_present.TryGetValue(busNamespace, out var present))
                return present;
            var previous = Task.WhenAll(Departing(busNamespace).Select(static departing => departing.Unlistened));
            membership = new Membership(createAdapter(busNamespace), family, previous, context);
            if (Stop.IsCancellationRequested)
                membership.Adapter.Close().Dispose();
            _present[busNamespace] = membership;
        }

        // A second caller may get the namespace before it is set up, but it is joined only afterwards.
        if (family is not null)
            SetUp(membership, family);
        membership.Join(LeaveIfPresent);
        return membership;
    }

    private void SetUp(Membership membership, NamespaceFamily family)
    {
        membership.Adapter.Rooms.Emptied = () =>
        {
            if (TryRemove(membership, static membership => membership.Adapter.Rooms.TryCloseEmpty()))
                Depart(membership);
        };
        try
        {
            family.SetUp(membership.Adapter.Namespace);
        }
        catch (Exception exception)
        {
            membership.Fail(exception);
            LeaveIfPresent(membership);
            throw;
        }
    }

    // The next use begins another membership.
    private void LeaveIfPresent(Membership membership)
    {
        if (TryRemove(membership, static _ => true))
            Depart(membership);
    }

    private bool TryRemove(Membership membership, Predicate<Membership> condition)
    {
        lock (_lock)
        {
            var busNamespace = membership.Adapter.Namespace;
            if (_present.GetValueOrDefault(busNamespace) != membership || !condition(membership))
                return false;
            _present.TryRemove(busNamespace, out _);
            return _departing.Add(membership);
        }
    }

    private void Depart(Membership membership)
    {
        membership.Leave(RepeatClose, departed =>
        {
            lock (_lock)
            {
                // If the node stops, this AdapterClose may be cancelled. So the membership stays in the set, and the stop publishes it.
                if (!Stop.IsCancellationRequested)
                    _departing.Remove(departed);
            }
        });
        context.Diagnostics.Raise(Leaving, membership.Adapter.Namespace);
    }

    // If this node has joined again meanwhile, the late message was in time after all.
    private void RepeatClose(ClusterAdapter left)
    {
        if (Find(left.Namespace) is not null)
            return;
        context.Transport.Publisher.TryPost(left.Outbox.Close());
        if (Find(left.Namespace) is { } present)
            context.Transport.Publisher.TryPost(present.Outbox.Beat());
    }

    private IEnumerable<Membership> Departing(string busNamespace) =>
        _departing.Where(departing => departing.Adapter.Namespace == busNamespace);
}

/// <summary>
/// The present membership in one bus namespace, across leaving and joining again, for the objects that users hold of the namespace.
/// Thread-safe.
/// </summary>
internal sealed class MembershipHandle(Memberships memberships, string busNamespace)
{
    private ClusterAdapter _adapter = memberships.Of(busNamespace).Adapter;

    public string Name => busNamespace;

    /// <inheritdoc cref="Memberships.HasStarted"/>
    public bool HasStarted => memberships.HasStarted;

    public TimeProvider Time => memberships.Time;

    /// <summary>
    /// The adapter to send with: the present one, else the last one, which sends without being a member. It joins nothing.
    /// </summary>
    public ClusterAdapter Adapter
    {
        get
        {
            var adapter = Volatile.Read(ref _adapter);
            return adapter.HasLeft && memberships.Find(busNamespace) is { } present ? Keep(present) : adapter;
        }
    }

    /// <summary>Returns the present adapter. If this node has left the namespace, it begins to join again.</summary>
    public ClusterAdapter Use()
    {
        var adapter = Volatile.Read(ref _adapter);
        return adapter.HasLeft ? Keep(memberships.Of(busNamespace).Adapter) : adapter;
    }

    /// <summary>Completes with the adapter when this node is a member. If it has left the namespace, it joins again.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace again.</exception>
    public async ValueTask<ClusterAdapter> JoinAsync(CancellationToken cancellationToken)
    {
        var membership = memberships.Of(busNamespace);
        await membership.Joined.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (memberships.Stop.IsCancellationRequested)
            throw ClusterAdapter.ClosedException();
        return Keep(membership.Adapter);
    }

    /// <summary>As <see cref="JoinAsync"/>, but it does not wait for ever if nothing starts the bus.</summary>
    /// <exception cref="EventBusStartException">Nothing has started the bus within the time to publish an event.</exception>
    public async ValueTask<ClusterAdapter> JoinAfterStartAsync(CancellationToken cancellationToken)
    {
        await memberships.WaitForStartAsync(busNamespace, cancellationToken).ConfigureAwait(false);
        return await JoinAsync(cancellationToken).ConfigureAwait(false);
    }

    private ClusterAdapter Keep(ClusterAdapter adapter)
    {
        Volatile.Write(ref _adapter, adapter);
        return adapter;
    }
}
