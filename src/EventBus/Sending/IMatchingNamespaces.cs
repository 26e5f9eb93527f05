namespace EventBus;

/// <summary>
/// The bus namespaces of a bus whose names match a predicate. Each is set up when it is first used, and left when its last socket has gone.
/// Thread-safe.
/// </summary>
/// <remarks>
/// An event is sent in all matching namespaces that this node is in at that moment, and there to the sockets of every node. Namespaces that
/// only other nodes are in are not known here, so you can't fetch sockets or request acks.
/// </remarks>
public interface IMatchingNamespaces
{
    /// <summary>A snapshot of the names of the namespaces that this node is in, or is about to join.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>
    /// All sockets in all of them, for events by name. An emit fails if it fails in one namespace; it may have succeeded in others.
    /// </summary>
    PublisherOperator<IUntypedEvents> All { get; }

    /// <summary>The sockets in a room of any of them, for events by name.</summary>
    PublisherOperator<IUntypedEvents> To(string room);
}
