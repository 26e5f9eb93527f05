namespace EventBus;

/// <summary>What the sockets answered to an event, and whether that is all of it: a partial answer says that it is one.</summary>
/// <typeparam name="T">What a socket answers.</typeparam>
public sealed class Acks<T>
{
    internal Acks(IReadOnlyList<T> responses, int expected, IReadOnlyList<string> missing, bool isTimedOut)
    {
        Responses = responses;
        Expected = expected;
        Missing = missing;
        IsTimedOut = isTimedOut;
    }

    /// <summary>The answers, as they came: at most one of each socket. One that is no <typeparamref name="T"/> is counted as malformed and reported, and not among them.</summary>
    public IReadOnlyList<T> Responses { get; }

    /// <summary>How many sockets got the event, as far as their nodes have told.</summary>
    public int Expected { get; }

    /// <summary>The uids of the nodes that were known when they were asked and have not told how many sockets they have, or left before those had answered.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the waiting ended because the time was over.</summary>
    public bool IsTimedOut { get; }

    /// <summary>Whether every socket of every node has answered.</summary>
    public bool IsComplete => Missing.Count == 0 && Responses.Count == Expected;
}
