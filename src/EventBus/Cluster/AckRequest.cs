using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks sockets: every node tells how many of its sockets got the event, and then come their answers. Those of this node answer here.</summary>
/// <param name="socketsHere">How many sockets of this node got the event.</param>
/// <param name="expectsOne">Whether the first answer is all that is asked for.</param>
internal sealed class AckRequest(int socketsHere, bool expectsOne) : PendingRequest
{
    // On its way a node's count may be overtaken by its sockets' answers. So many are believed before.
    private const int MaxEarly = 4_096;

    private readonly List<EventValue> _responses = [];
    private readonly Dictionary<string, (int? Expected, int Received)> _nodes = new(StringComparer.Ordinal);
    private long _expected = socketsHere;
    private int _openHere = socketsHere;

    /// <summary>What the sockets answered. Read once it has ended.</summary>
    public IReadOnlyList<EventValue> Responses => _responses;

    /// <summary>How many sockets got the event, as far as is known. Read once it has ended.</summary>
    public int Expected => (int)Math.Min(_expected, int.MaxValue);

    protected override bool IsAnswered => (expectsOne && _responses.Count > 0) || (base.IsAnswered && _openHere == 0);

    /// <summary>A socket of this node has answered.</summary>
    public void AnswerHere(EventValue answer) => Change(() =>
    {
        _openHere--;
        _responses.Add(answer);
    });

    protected override bool Take(ClusterMessage message) => message.Type switch
    {
        MessageType.BroadcastClientCount => TakeCount(message.Uid, message.ClientCount),
        MessageType.BroadcastAck => TakeAck(message),
        _ => false,
    };

    private bool TakeCount(string uid, int count)
    {
        var node = _nodes.GetValueOrDefault(uid);
        if (node.Expected is not null)
            return false;
        _expected += count;
        Keep(uid, node with { Expected = count });
        return true;
    }

    private bool TakeAck(ClusterMessage message)
    {
        var node = _nodes.GetValueOrDefault(message.Uid);
        if (node.Received >= (node.Expected ?? MaxEarly))
            return false;
        _responses.Add(message.Answer.ReadValue());
        Keep(message.Uid, node with { Received = node.Received + 1 });
        return true;
    }

    private void Keep(string uid, (int? Expected, int Received) node)
    {
        _nodes[uid] = node;
        if (node.Expected is { } expected)
            HasTold(uid, isAll: node.Received >= expected);
    }
}
