namespace EventBus.Cluster;

/// <summary>
/// Bus namespaces whose names match a predicate: each is set up before it is joined, and left when its last socket has left.
/// </summary>
/// <param name="Matches">Whether a name belongs to the family.</param>
/// <param name="SetUp">Sets a namespace up. It is called each time before the namespace is joined.</param>
internal sealed record NamespaceFamily(Func<string, bool> Matches, Action<string> SetUp);

/// <summary>The family that a user holds.</summary>
internal sealed class MatchingNamespaces : IMatchingNamespaces
{
    private readonly NamespaceFamily _family;
    private readonly Memberships _memberships;

    public MatchingNamespaces(NamespaceFamily family, Memberships memberships, EmitFilterChain? filters)
    {
        _family = family;
        _memberships = memberships;
        var sender = new FamilySender(family, memberships);
        All = new PublisherOperator<IUntypedEvents>(filters is null ? sender : new FilteredSender(() => Names, filters, sender));
    }

    public IReadOnlyCollection<string> Names => Array.ConvertAll(_memberships.Of(_family), static adapter => adapter.Namespace);

    public PublisherOperator<IUntypedEvents> All { get; }

    public PublisherOperator<IUntypedEvents> To(string room) => All.To(room);
}

/// <summary>Sends one message to every bus namespace of a family that this node is in.</summary>
internal sealed class FamilySender(NamespaceFamily family, Memberships memberships) : IEventSender
{
    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var (to, data) = (target, packet);
        return to.Transaction is null
            ? AllAsync(adapter => adapter.EmitAsync(to, in data, cancellationToken))
            : OneByOneAsync(adapter => adapter.EmitAsync(to, in data, cancellationToken));
    }

    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        var isQueued = !memberships.Stop.IsCancellationRequested;
        foreach (var adapter in memberships.Of(family))
            isQueued &= adapter.Post(target, in packet);
        return isQueued;
    }

    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var data = packet;
        return AllAsync(adapter => adapter.ServerSideEmitAsync(in data, cancellationToken));
    }

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        var (to, joined) = (target, rooms);
        return AllAsync(adapter => adapter.SocketsJoinAsync(to, joined, cancellationToken));
    }

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        var (to, left) = (target, rooms);
        return AllAsync(adapter => adapter.SocketsLeaveAsync(to, left, cancellationToken));
    }

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken)
    {
        var to = target;
        return AllAsync(adapter => adapter.DisconnectSocketsAsync(to, close, cancellationToken));
    }

    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        var (to, data) = (target, packet);
        return Largest(adapter => adapter.Measure(to, in data));
    }

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
    {
        var data = packet;
        return Largest(adapter => adapter.MeasureServerSide(in data));
    }

    // Each namespace has a name of its own in the message, so the lengths differ.
    private MeasuredEvent Largest(Func<ClusterAdapter, MeasuredEvent> measure)
    {
        var adapters = memberships.Of(family);
        return adapters.Length == 0
            ? throw new InvalidOperationException("This node is in none of these namespaces, so there is nothing to measure.")
            : adapters.Select(measure).MaxBy(static measured => measured.Bytes);
    }

    // All messages have their place in the order when the call returns.
    private async ValueTask AllAsync(Func<ClusterAdapter, ValueTask> send)
    {
        ThrowIfStopped();
        await Task.WhenAll([.. memberships.Of(family).Select(adapter => send(adapter).AsTask())]).ConfigureAwait(false);
    }

    // The connection of a transaction runs one command at a time.
    private async ValueTask OneByOneAsync(Func<ClusterAdapter, ValueTask> send)
    {
        ThrowIfStopped();
        foreach (var adapter in memberships.Of(family))
            await send(adapter).ConfigureAwait(false);
    }

    // The family may have no namespace that would fail.
    private void ThrowIfStopped()
    {
        if (memberships.Stop.IsCancellationRequested)
            throw ClusterAdapter.ClosedException();
    }
}
