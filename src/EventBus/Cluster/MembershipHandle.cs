namespace EventBus.Cluster;

/// <summary>The way from what a user holds of a bus namespace to this node's present membership there, across leaving and joining anew. Thread-safe.</summary>
internal sealed class MembershipHandle(Memberships memberships, string busNamespace)
{
    private ClusterAdapter _adapter = memberships.Of(busNamespace).Adapter;

    /// <summary>The adapter to send through: the present one, else the last one, which sends without being a member. It joins nothing.</summary>
    public ClusterAdapter Adapter
    {
        get
        {
            var adapter = Volatile.Read(ref _adapter);
            return adapter.HasLeft && memberships.Find(busNamespace) is { } anew ? Keep(anew) : adapter;
        }
    }

    /// <summary>The present adapter; where this node has left the namespace, it begins to join it anew.</summary>
    public ClusterAdapter Use()
    {
        var adapter = Volatile.Read(ref _adapter);
        return adapter.HasLeft ? Keep(memberships.Of(busNamespace).Adapter) : adapter;
    }

    /// <summary>Completes when this node is a member, with the adapter; where it has left the namespace, it joins it anew.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or the namespace left again.</exception>
    public async ValueTask<ClusterAdapter> JoinAsync(CancellationToken cancellationToken)
    {
        var membership = memberships.Of(busNamespace);
        await membership.Joined.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Keep(membership.Adapter);
    }

    private ClusterAdapter Keep(ClusterAdapter adapter)
    {
        Volatile.Write(ref _adapter, adapter);
        return adapter;
    }
}
