namespace EventBus;

/// <summary>One bus namespace of a bus: a separated world of sockets, rooms and events. Thread-safe.</summary>
public interface IBusNamespace
{
    /// <summary>Raised with the uid of another node that was not known before. Subscribers must be quick: the next message waits for them.</summary>
    event Action<string>? NodeJoined;

    /// <summary>Raised with the uid of another node that said goodbye, or was silent for longer than the heartbeat timeout. Subscribers must be quick.</summary>
    event Action<string>? NodeLeft;

    /// <summary>The name, as <c>/</c> or <c>/chat</c>.</summary>
    string Name { get; }

    /// <summary>Everyone in this namespace, for events by name.</summary>
    BroadcastOperator All { get; }

    /// <summary>The sockets in a room, for events by name.</summary>
    BroadcastOperator To(string room);

    /// <summary>Completes when this node is a member of the namespace: it listens, and the other nodes have answered.</summary>
    ValueTask JoinAsync(CancellationToken cancellationToken = default);

    /// <summary>How many nodes the namespace has now, this one included; known once this node is a member. Publishers that join nothing do not count.</summary>
    ValueTask<int> ServerCountAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a socket. <paramref name="configure"/> adds its handlers before it receives its first event.</summary>
    ValueTask<LocalSocket> ConnectAsync(SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default);
}
