using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// A request for the acks of sockets. Every node responds with the number of its sockets that received the event, and then with their acks.
/// The acks of local sockets are added directly.
/// </summary>
/// <param name="localSockets">The number of local sockets that received the event.</param>
/// <param name="expectsOne">Whether the first ack ends the request.</param>
/// <param name="keep">
/// Reads and keeps an ack; called by one thread at a time. If it throws, the ack is lost, and its socket has not acknowledged.
/// </param>
internal sealed class AckRequest(int localSockets, bool expectsOne, Action<EncodedValue> keep) : PendingRequest
{
    // The acks of a node may arrive before its count. This many are accepted until then.
    private const int MaxEarly = 4_096;

    private readonly Dictionary<string, (int? Expected, int Received)> _nodes = new(StringComparer.Ordinal);
    private long _expected = localSockets;
    private int _openLocal = localSockets;
    private bool _hasKept;

    /// <summary>
    /// The number of sockets that received the event. For a node without a count it includes only the sockets that acknowledged. Read it
    /// after the end.
    /// </summary>
    public int Expected =>
        (int)Math.Min(_expected + _nodes.Values.Sum(static node => node.Expected is null ? node.Received : 0), int.MaxValue);

    protected override bool IsComplete => (expectsOne && _hasKept) || (base.IsComplete && _openLocal == 0);

    /// <summary>Takes the ack of a local socket.</summary>
    public void TakeLocal(EncodedValue ack) => Change(() =>
    {
        _openLocal--;
        Keep(ack);
    });

    /// <summary>Stops awaiting a local socket, which has left or did not accept the event.</summary>
    public void GiveUpLocal() => Change(() => _openLocal--);

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
        Update(uid, node with { Expected = count });
        return true;
    }

    private bool TakeAck(ClusterMessage message)
    {
        var node = _nodes.GetValueOrDefault(message.Uid);
        if (node.Received >= (node.Expected ?? MaxEarly))
            return false;
        Update(message.Uid, node with { Received = node.Received + 1 });
        Keep(message.Ack);
        return true;
    }

    private void Keep(EncodedValue ack)
    {
        keep(ack);
        _hasKept = true;
    }

    private void Update(string uid, (int? Expected, int Received) node)
    {
        _nodes[uid] = node;
        if (node.Expected is not { } expected)
            return;
        MarkResponded(uid);
        if (node.Received >= expected)
            StopAwaiting(uid);
    }
}
