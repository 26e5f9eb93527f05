using EventBus.Diagnostics;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// The open requests of one bus namespace by their ids. Every node receives every response: those to requests of others are ignored; late
/// and unawaited ones are ignored and counted. The number of requests and the bytes of their responses are bounded. Thread-safe.
/// </summary>
internal sealed class RequestTable(Peers peers, TimeProvider time, BusDiagnostics diagnostics)
{
    /// <summary>The most requests that may be open at once.</summary>
    public const int MaxRequests = 4_096;

    /// <summary>The most bytes of the messages that carried the responses to open requests: 256 MiB.</summary>
    public const long MaxResponseBytes = 256L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingRequest> _requests = new(StringComparer.Ordinal);
    private readonly EndedRequests _ended = new();
    private long _responseBytes;
    private bool _isClosed;

    /// <summary>The bytes of the messages that carried the responses to open requests.</summary>
    public long ResponseBytes
    {
        get
        {
            lock (_lock)
                return _responseBytes;
        }
    }

    /// <summary>The number of open requests.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _requests.Count;
        }
    }

    /// <summary>
    /// Opens a request to the nodes that are known now; to none if it stays in this process. Call it before the request is published, and
    /// end it with <see cref="Remove"/>.
    /// </summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace.</exception>
    /// <exception cref="EventNotSentException">Too many requests are open.</exception>
    public void Add(PendingRequest request, bool isLocal, TimeSpan timeout)
    {
        // Inside the peers' lock, so that a node that leaves is either not requested or not awaited any more.
        peers.Read(nodes =>
        {
            lock (_lock)
            {
                if (_isClosed)
                    throw new EventBusClosedException("The bus was stopped, or has left the namespace: it sends no more requests here.");
                if (_requests.Count >= MaxRequests)
                    throw new EventNotSentException($"{MaxRequests} requests to other nodes are open, which is the limit: try later.");
                _requests.Add(request.Id, request);
            }

            request.Open(isLocal ? [] : nodes, timeout, time);
        });
    }

    /// <summary>Removes a request.</summary>
    public void Remove(PendingRequest request)
    {
        lock (_lock)
        {
            if (_requests.Remove(request.Id))
            {
                _responseBytes -= request.ResponseBytes;
                _ended.Add(request.Id);
            }
        }

        request.Abandon();
    }

    /// <summary>Passes a response to its request.</summary>
    public void Answer(ClusterMessage message)
    {
        PendingRequest? request;
        bool fits;
        lock (_lock)
        {
            if (!_requests.TryGetValue(message.RequestId!, out request))
            {
                if (_ended.Contains(message.RequestId!))
                    diagnostics.IgnoredResponses.Add();
                return;
            }

            fits = _responseBytes + message.Size <= MaxResponseBytes;
            if (fits)
                Hold(request, message.Size);
        }

        if (!fits)
        {
            diagnostics.Rejections.ResponseBytes(MaxResponseBytes, message.Uid, message.Namespace);
        }
        else if (!TryTake(request, message))
        {
            lock (_lock)
                Hold(request, -message.Size);
        }
    }

    /// <summary>Passes the ack of a socket of this node to the request, which may not be open yet.</summary>
    public void AnswerHere(AckRequest request, EncodedValue ack, string uid)
    {
        try
        {
            request.TakeHere(ack);
        }
        catch (Exception exception) // As in TryTake.
        {
            diagnostics.Rejections.UnreadableResponse(exception, uid);
        }
    }

    /// <summary>Stops awaiting a node that has left.</summary>
    public void NodeLeft(string uid)
    {
        foreach (var request in Open())
            request.NodeLeft(uid);
    }

    /// <summary>Ends every request, and accepts no more.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
        foreach (var request in Open())
            request.Close();
    }

    private bool TryTake(PendingRequest request, ClusterMessage message)
    {
        try
        {
            if (request.TryTake(message))
                return true;
            diagnostics.Rejections.Response(message.Uid, message.Namespace);
        }
        catch (Exception exception) // The constructor of an ack's type may throw anything; the pump and other responses go on.
        {
            diagnostics.Rejections.UnreadableResponse(exception, message.Uid);
        }

        return false;
    }

    // A removed request has returned its bytes already.
    private void Hold(PendingRequest request, int bytes)
    {
        if (!_requests.ContainsKey(request.Id))
            return;
        request.ResponseBytes += bytes;
        _responseBytes += bytes;
    }

    private PendingRequest[] Open()
    {
        lock (_lock)
            return [.. _requests.Values];
    }

    /// <summary>
    /// The ids of the requests that ended last: a response to one of them is late. A response to an unknown id is probably for another
    /// node, because every node receives all responses.
    /// </summary>
    private sealed class EndedRequests
    {
        private readonly Queue<string> _order = new();
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

        public bool Contains(string id) => _ids.Contains(id);

        public void Add(string id)
        {
            if (!_ids.Add(id))
                return;
            _order.Enqueue(id);
            if (_order.Count > MaxRequests)
                _ids.Remove(_order.Dequeue());
        }
    }
}
