using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Where a bus namespace's broadcasts go: a node's adapter delivers them here and publishes them, a publisher's only publishes.</summary>
internal interface IAdapter
{
    /// <summary>Encodes the messages of this namespace.</summary>
    MessageEncoder Encoder { get; }

    /// <summary>Encodes the messages of this namespace that go out inside a caller's transaction.</summary>
    MessageEncoder TransactionEncoder { get; }

    /// <summary>Takes over a broadcast; it has its place in the order when the call returns.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    ValueTask BroadcastAsync(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target, CancellationToken cancellationToken);

    /// <summary>Takes over a server-side event, which concerns no one here; it has its place in the order when the call returns.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    ValueTask ServerSideEmitAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Has the target's sockets join rooms.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Has the target's sockets leave rooms.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Disconnects the target's sockets.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken);

    /// <summary>Takes over a broadcast that nobody waits for; false where it found no place in the publish queue, and so was delivered here at the most.</summary>
    /// <exception cref="EventBusClosedException">The bus or publisher was closed.</exception>
    bool Post(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target);
}
