namespace EventBus;

/// <summary>What the other nodes answered to a server-side event, and which did not.</summary>
public sealed class ServerSideAnswers
{
    internal ServerSideAnswers(IReadOnlyList<ServerSideAnswer> answers, IReadOnlyList<string> missing)
    {
        Answers = answers;
        Missing = missing;
    }

    /// <summary>The answers, as they came: at most one of each node.</summary>
    public IReadOnlyList<ServerSideAnswer> Answers { get; }

    /// <summary>The uids of the nodes that were known when they were asked and have not answered: without a handler that answers, silent, left or dead.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether every node that was known has answered.</summary>
    public bool IsComplete => Missing.Count == 0;
}
