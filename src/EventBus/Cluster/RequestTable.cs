using EventBus.Diagnostics;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// The open requests of one bus namespace by their ids. Every node receives every response: a response to a request of another node is
/// ignored; a late or unawaited response is ignored and counted. The number of requests and the bytes of their responses are bounded.
/// Thread-safe.
/// </summary>
internal sealed class RequestTable(
    Peers peers, ClusterOutbox outbox, Reception reception, TimeSpan defaultTimeout, TimeProvider time, BusDiagnostics diagnostics)
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
    /// Sends a request to the nodes that are known now, and completes when each of them has responded or left, or the timeout has elapsed.
    /// The request is open until then, and no longer.
    /// </summary>
    /// <param name="request">Takes the responses.</param>
    /// <param name="message">The message to publish; null if the request stays in this process.</param>
    /// <param name="timeout">How long to wait; null: the default of the options.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventNotSentException">The request was not published, or too many requests are open.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may have received the request.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace.</exception>
    public async ValueTask RequestAsync(
        PendingRequest request, OutgoingMessage? message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var beginning = reception.Begin();
        try
        {
            Open(request, message, timeout ?? defaultTimeout);
            if (message is not null)
                await outbox.PublishAsync(message, cancellationToken).ConfigureAwait(false);
            await request.EndAsync(cancellationToken).ConfigureAwait(false);
            request.IsUncertain = message is not null && !reception.IsCurrentSince(beginning);
        }
        finally
        {
            Remove(request);
        }
    }

    /// <summary>Passes a response to its request.</summary>
    public void Take(ClusterMessage message)
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

    /// <summary>Passes the ack of a local socket to the request, which may not be open yet.</summary>
    public void TakeLocal(AckRequest request, EncodedValue ack, string uid)
    {
        try
        {
            request.TakeLocal(ack);
        }
        catch (Exception exception) // As in TryTake.
        {
            diagnostics.Rejections.UnreadableResponse(exception, uid);
        }
    }

    /// <summary>Stops awaiting a node that has left.</summary>
    public void NodeLeft(string uid)
    {
        foreach (var request in All())
            request.NodeLeft(uid);
    }

    /// <summary>Ends every request, and accepts no more.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
        foreach (var request in All())
            request.Close();
    }

    private void Open(PendingRequest request, OutgoingMessage? message, TimeSpan timeout)
    {
        try
        {
            // Inside the peers' lock, so that a node that leaves is either not requested or not awaited any more.
            peers.Read(nodes =>
            {
                Add(request);
                request.Open(message is null ? [] : nodes, timeout, time);
            });
        }
        catch
        {
            message?.Dispose();
            throw;
        }
    }

    private void Add(PendingRequest request)
    {
        lock (_lock)
        {
            if (_isClosed)
                throw new EventBusClosedException("The bus was stopped, or has left the namespace: it sends no more requests here.");
            if (_requests.Count >= MaxRequests)
                throw new EventNotSentException($"{MaxRequests} requests to other nodes are open, which is the limit: try later.");
            _requests.Add(request.Id, request);
        }
    }

    private void Remove(PendingRequest request)
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

    private bool TryTake(PendingRequest request, ClusterMessage message)
    {
        try
        {
            if (request.TryTake(message))
            {
                if (message.Failure is { } failure)
                    diagnostics.Rejections.FailedResponse(failure, message.Uid, message.Namespace);
                return true;
            }

            diagnostics.Rejections.Response(message.Uid, message.Namespace);
        }
        catch (Exception exception) // The constructor of an ack's type may throw anything. The pump goes on.
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

    private PendingRequest[] All()
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
