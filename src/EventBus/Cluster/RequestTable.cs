using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>The open questions of one bus namespace by their ids. Bounded; what answers none of them is ignored and counted. Thread-safe.</summary>
internal sealed class RequestTable(Peers peers, TimeProvider time, BusDiagnostics diagnostics)
{
    /// <summary>How many questions may be open at once.</summary>
    public const int MaxRequests = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingRequest> _requests = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>How many questions are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _requests.Count;
        }
    }

    /// <summary>Opens a question to the nodes that are known now (or, where it does not leave this process, to none). To be called before it is published, and ended with <see cref="Remove"/>.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    /// <exception cref="EventNotSentException">Too many questions are open.</exception>
    public void Add(PendingRequest request, bool isLocal, TimeSpan timeout)
    {
        // Inside the peers' lock, so that a node that leaves is either not asked or no longer waited for.
        peers.Read(nodes =>
        {
            lock (_lock)
            {
                if (_isClosed)
                    throw new EventBusClosedException("The bus was stopped; it asks no more questions.");
                if (_requests.Count >= MaxRequests)
                    throw new EventNotSentException($"There are {MaxRequests} questions to other nodes open already; ask again when some have ended.");
                _requests.Add(request.Id, request);
            }

            request.Ask(isLocal ? [] : nodes, timeout, time);
        });
    }

    /// <summary>Forgets a question.</summary>
    public void Remove(PendingRequest request)
    {
        lock (_lock)
            _requests.Remove(request.Id);
        request.Abandon();
    }

    /// <summary>Hands an answer to its question.</summary>
    public void Answer(ClusterMessage message)
    {
        PendingRequest? request;
        lock (_lock)
            _requests.TryGetValue(message.RequestId!, out request);
        if (request is null || !TryAnswer(request, message))
            diagnostics.IgnoredAnswers.Add();
    }

    /// <summary>Waits for a node no longer.</summary>
    public void NodeLeft(string uid)
    {
        foreach (var request in Open())
            request.NodeLeft(uid);
    }

    /// <summary>Ends every question, and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
        foreach (var request in Open())
            request.Close();
    }

    private bool TryAnswer(PendingRequest request, ClusterMessage message)
    {
        try
        {
            return request.TryAnswer(message);
        }
        catch (EventSerializationException exception)
        {
            diagnostics.Malformed.Add();
            diagnostics.Report(exception);
            return false;
        }
    }

    private PendingRequest[] Open()
    {
        lock (_lock)
            return [.. _requests.Values];
    }
}
