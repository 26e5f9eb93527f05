using EventBus.Cluster;

namespace EventBus.Namespaces;

/// <summary>Sends to every bus namespace of a family that this node is in: one message each.</summary>
internal sealed class FamilyBroadcaster(NamespaceFamily family, Memberships memberships) : ISocketBroadcaster
{
    public ValueTask EmitAsync(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, CancellationToken cancellationToken)
    {
        Broadcaster.Check(eventName);
        var to = target;
        return to.Transaction is null
            ? AllAsync(each => each.EmitAsync(to, eventName, arguments, cancellationToken))
            : OneByOneAsync(each => each.EmitAsync(to, eventName, arguments, cancellationToken));
    }

    public bool Post(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments)
    {
        Broadcaster.Check(eventName);
        var isTaken = true;
        foreach (var each in Broadcasters())
            isTaken &= each.Post(target, eventName, arguments);
        return isTaken;
    }

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        var (to, joined) = (target, rooms);
        return AllAsync(each => each.SocketsJoinAsync(to, joined, cancellationToken));
    }

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        var (to, left) = (target, rooms);
        return AllAsync(each => each.SocketsLeaveAsync(to, left, cancellationToken));
    }

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken)
    {
        var to = target;
        return AllAsync(each => each.DisconnectSocketsAsync(to, close, cancellationToken));
    }

    // All have their place in the order when the call returns, as ever.
    private async ValueTask AllAsync(Func<SendingBroadcaster, ValueTask> send) =>
        await Task.WhenAll([.. Broadcasters().Select(each => send(each).AsTask())]).ConfigureAwait(false);

    // A transaction's connection does one thing at a time.
    private async ValueTask OneByOneAsync(Func<SendingBroadcaster, ValueTask> send)
    {
        foreach (var each in Broadcasters())
            await send(each).ConfigureAwait(false);
    }

    private SendingBroadcaster[] Broadcasters() => Array.ConvertAll(memberships.Of(family), static adapter => new SendingBroadcaster(adapter));
}
