using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks the nodes themselves: one answer of every node.</summary>
internal sealed class ServerSideRequest : PendingRequest
{
    private readonly List<ServerSideAnswer> _answers = [];

    /// <summary>What the nodes answered. Read once it has ended.</summary>
    public IReadOnlyList<ServerSideAnswer> Answers => _answers;

    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != MessageType.ServerSideEmitResponse)
            return false;
        _answers.Add(new ServerSideAnswer(message.Uid, message.Answer.ReadValue()));
        HasTold(message.Uid);
        return true;
    }
}
