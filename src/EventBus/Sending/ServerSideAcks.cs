namespace EventBus;

/// <summary>What the other nodes answered to a server-side event, and which did not.</summary>
/// <typeparam name="T">What a node answers.</typeparam>
public sealed class ServerSideAcks<T>
{
    internal ServerSideAcks(IReadOnlyList<ServerSideAck<T>> responses, IReadOnlyList<string> missing, bool isTimedOut)
    {
        Responses = responses;
        Missing = missing;
        IsTimedOut = isTimedOut;
    }

    /// <summary>The answers, as they came: at most one of each node. One that is no <typeparamref name="T"/> is counted as malformed and reported, and its node is missing.</summary>
    public IReadOnlyList<ServerSideAck<T>> Responses { get; }

    /// <summary>The uids of the nodes that were known when they were asked and have not answered: without a handler that answers, silent, left or dead.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the waiting ended because the time was over.</summary>
    public bool IsTimedOut { get; }

    /// <summary>Whether every node that was known has answered.</summary>
    public bool IsComplete => Missing.Count == 0;
}
