using System.Collections.Concurrent;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>The bus namespaces that this node is in: joined when first used, and left on demand or, of a family, when their last socket has gone. Thread-safe.</summary>
internal sealed class Memberships(Func<string, ClusterAdapter> createAdapter, ClusterContext context)
{
    private readonly Lock _lock = new(); // for what changes
    private readonly ConcurrentDictionary<string, Membership> _present = new(StringComparer.Ordinal);
    private readonly HashSet<Membership> _departing = []; // that nobody is given any more
    private NamespaceFamily[] _families = [];

    /// <summary>Raised with the name of a namespace when this node has begun to leave it.</summary>
    public event Action<string>? Leaving;

    /// <summary>Cancelled when the node stops.</summary>
    public CancellationToken Stop => context.Stop;

    /// <summary>The bounds of the queues of this node's sockets, and the full ones.</summary>
    public ReceivePressure Pressure => context.Pressure;

    /// <summary>The membership of a namespace, which this node begins to join when it is first asked for.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    public Membership Of(string busNamespace) => _present.GetValueOrDefault(busNamespace) ?? Begin(busNamespace);

    /// <summary>The adapter of a namespace that this node is in, or is about to join; else null.</summary>
    public ClusterAdapter? Find(string busNamespace) => _present.GetValueOrDefault(busNamespace)?.Adapter;

    /// <summary>The adapters of a family's namespaces that this node is in, or is about to join.</summary>
    public ClusterAdapter[] Of(NamespaceFamily family) =>
        [.. _present.Values.Where(membership => membership.Family == family).Select(static membership => membership.Adapter)];

    /// <summary>Every membership that is not over, those that this node is leaving among them.</summary>
    public Membership[] All()
    {
        lock (_lock)
            return [.. _departing, .. _present.Values];
    }

    /// <summary>Takes care of namespaces of these names from now on. Of several families the first counts.</summary>
    public void Add(NamespaceFamily family)
    {
        lock (_lock)
            _families = [.. _families, family];
    }

    /// <summary>Leaves a namespace; completes when nothing of it comes in any more and its sockets have handed over what was queued. Inside a handler, for which it may wait, it completes at once.</summary>
    public Task LeaveAsync(string busNamespace)
    {
        if (_present.GetValueOrDefault(busNamespace) is { } membership)
            LeaveIfPresent(membership);
        if (SocketQueue.IsInsideHandler)
            return Task.CompletedTask;
        lock (_lock)
            return Task.WhenAll(Departing(busNamespace).Select(static departing => departing.Left));
    }

    private Membership Begin(string busNamespace)
    {
        var family = busNamespace == EventBusDefaults.Namespace ? null : Array.Find(Volatile.Read(ref _families), family => family.Matches(busNamespace));
        Membership membership;
        lock (_lock)
        {
            if (_present.TryGetValue(busNamespace, out var present))
                return present;
            var previous = Task.WhenAll(Departing(busNamespace).Select(static departing => departing.Unlistened));
            membership = new Membership(createAdapter(busNamespace), family, previous, context);
            _present[busNamespace] = membership;
        }

        // Whoever comes second is given the namespace before it is set up, but joins it only afterwards.
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
            membership.Reject(exception);
            LeaveIfPresent(membership);
            throw;
        }
    }

    // Who comes next begins another stay.
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
        membership.Leave(SayGoodbyeAgain, departed =>
        {
            lock (_lock)
                _departing.Remove(departed);
        });
        context.Diagnostics.Raise(Leaving, membership.Adapter.Namespace);
    }

    // Where this node has come again meanwhile, what was said too late is right after all.
    private void SayGoodbyeAgain(ClusterAdapter left)
    {
        if (Find(left.Namespace) is not null)
            return;
        context.Transport.Publisher.TryPost(left.Life.Goodbye());
        if (Find(left.Namespace) is { } anew)
            context.Transport.Publisher.TryPost(anew.Life.Beat());
    }

    private IEnumerable<Membership> Departing(string busNamespace) => _departing.Where(departing => departing.Adapter.Namespace == busNamespace);
}
