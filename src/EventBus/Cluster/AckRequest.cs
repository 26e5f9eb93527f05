using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks sockets: every node tells how many of its sockets got the event, and then come their answers. Those of this node answer here.</summary>
/// <param name="socketsHere">How many sockets of this node got the event.</param>
/// <param name="expectsOne">Whether the first answer is all that is asked for.</param>
/// <param name="keep">Reads and keeps an answer; called by one thread at a time. What it throws makes it none, and its socket one that has not answered.</param>
internal sealed class AckRequest(int socketsHere, bool expectsOne, Action<EncodedValue> keep) : PendingRequest
{
    // On its way a node's count may be overtaken by its sockets' answers. So many are believed before.
    private const int MaxEarly = 4_096;

    private readonly Dictionary<string, (int? Expected, int Received)> _nodes = new(StringComparer.Ordinal);
    private long _expected = socketsHere;
    private int _openHere = socketsHere;
    private bool _hasKept;

    /// <summary>How many sockets got the event, as far as is known: of a node that has not told, those that answered. Read once it has ended.</summary>
    public int Expected => (int)Math.Min(_expected + _nodes.Values.Sum(static node => node.Expected is null ? node.Received : 0), int.MaxValue);

    protected override bool IsAnswered => (expectsOne && _hasKept) || (base.IsAnswered && _openHere == 0);

    /// <summary>A socket of this node has answered.</summary>
    public void AnswerHere(EncodedValue answer) => Change(() =>
    {
        _openHere--;
        Keep(answer);
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
        Note(uid, node with { Expected = count });
        return true;
    }

    private bool TakeAck(ClusterMessage message)
    {
        var node = _nodes.GetValueOrDefault(message.Uid);
        if (node.Received >= (node.Expected ?? MaxEarly))
            return false;
        Note(message.Uid, node with { Received = node.Received + 1 });
        Keep(message.Ack);
        return true;
    }

    private void Keep(EncodedValue answer)
    {
        keep(answer);
        _hasKept = true;
    }

    private void Note(string uid, (int? Expected, int Received) node)
    {
        _nodes[uid] = node;
        if (node.Expected is not { } expected)
            return;
        HasTold(uid);
        if (node.Received >= expected)
            HasSaidAll(uid);
    }
}
