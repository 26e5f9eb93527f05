namespace EventBus;

/// <summary>The bus namespaces of a bus whose names satisfy a predicate: each is set up when it is first used, and left by itself when its last socket has gone. Thread-safe.</summary>
/// <remarks>
/// What is sent through it goes to those namespaces that this node is in at that moment, and there to the sockets of every node; a namespace that only other nodes are in is not
/// known here. For the same reason it cannot ask for sockets or for answers.
/// </remarks>
public interface IMatchingNamespaces
{
    /// <summary>The names of those that this node is in, or is about to join. A snapshot.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>Everyone in all of them, for events by name. It fails where one namespace's emit fails; the others' may have been sent.</summary>
    PublisherOperator<IUntypedEvents> All { get; }

    /// <summary>The sockets in a room of any of them, for events by name.</summary>
    PublisherOperator<IUntypedEvents> To(string room);
}
