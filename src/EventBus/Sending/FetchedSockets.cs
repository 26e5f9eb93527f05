namespace EventBus;

/// <summary>The sockets that were found, and which nodes did not answer: a partial answer says that it is one.</summary>
public sealed class FetchedSockets
{
    internal FetchedSockets(IReadOnlyList<RemoteSocket> sockets, IReadOnlyList<string> missing)
    {
        Sockets = sockets;
        Missing = missing;
    }

    /// <summary>The sockets of this node and of every node that answered.</summary>
    public IReadOnlyList<RemoteSocket> Sockets { get; }

    /// <summary>The uids of the nodes that were known when they were asked and have not answered: silent, left or dead.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether every node that was known has answered.</summary>
    public bool IsComplete => Missing.Count == 0;
}
