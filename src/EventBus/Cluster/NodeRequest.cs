using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>A request for one response of every node: its sockets, or its ack of a server-side event.</summary>
/// <param name="responseType">The type of the responses.</param>
/// <param name="keep">
/// Reads and keeps a response; called by one thread at a time. If it throws, there is no response, and the node counts as missing.
/// </param>
internal sealed class NodeRequest(MessageType responseType, Action<ClusterMessage> keep) : PendingRequest
{
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

    /// <summary>The missing nodes that could not respond, and their reasons. Read it after the end.</summary>
    public IReadOnlyDictionary<string, string> Failures => _failures;

    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != responseType)
            return false;
        StopAwaiting(message.Uid);
        if (message.Failure is { } failure)
        {
            _failures.Add(message.Uid, failure);
            return true;
        }

        keep(message);
        MarkResponded(message.Uid);
        return true;
    }
}
