namespace EventBus;

/// <summary>One bus namespace of a bus: a separated world of sockets, rooms and events. Thread-safe.</summary>
public interface IBusNamespace
{
    /// <summary>The name, as <c>/</c> or <c>/chat</c>.</summary>
    string Name { get; }

    /// <summary>Everyone in this namespace, for events by name.</summary>
    BroadcastOperator All { get; }

    /// <summary>The sockets in a room, for events by name.</summary>
    BroadcastOperator To(string room);

    /// <summary>Completes when this node is a member of the namespace: it listens, and the other nodes have answered.</summary>
    ValueTask JoinAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a socket. <paramref name="configure"/> adds its handlers before it receives its first event.</summary>
    ValueTask<LocalSocket> ConnectAsync(SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default);
}
