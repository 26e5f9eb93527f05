using EventBus.Diagnostics;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>The open questions of one bus namespace by their ids. Bounded, as are their answers. Every node hears every answer: those to questions of others are passed over, those that are too late or not awaited are ignored and counted. Thread-safe.</summary>
internal sealed class RequestTable(Peers peers, TimeProvider time, BusDiagnostics diagnostics)
{
    /// <summary>How many questions may be open at once.</summary>
    public const int MaxRequests = 4_096;

    /// <summary>How many bytes the messages may have that the answers to open questions were in: 256 MiB.</summary>
    public const long MaxAnswerBytes = 256L * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingRequest> _requests = new(StringComparer.Ordinal);
    private readonly EndedQuestions _ended = new(MaxRequests);
    private long _answerBytes;
    private bool _isClosed;

    /// <summary>How many bytes the messages had that the answers to open questions were in.</summary>
    public long AnswerBytes
    {
        get
        {
            lock (_lock)
                return _answerBytes;
        }
    }

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
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace.</exception>
    /// <exception cref="EventNotSentException">Too many questions are open.</exception>
    public void Add(PendingRequest request, bool isLocal, TimeSpan timeout)
    {
        // Inside the peers' lock, so that a node that leaves is either not asked or no longer waited for.
        peers.Read(nodes =>
        {
            lock (_lock)
            {
                if (_isClosed)
                    throw new EventBusClosedException("The bus was stopped, or has just left the namespace: it asks no more questions here.");
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
        {
            if (_requests.Remove(request.Id))
            {
                _answerBytes -= request.AnswerBytes;
                _ended.Add(request.Id);
            }
        }

        request.Abandon();
    }

    /// <summary>Hands an answer to its question.</summary>
    public void Answer(ClusterMessage message)
    {
        PendingRequest? request;
        bool hasPlace;
        lock (_lock)
        {
            if (!_requests.TryGetValue(message.RequestId!, out request))
            {
                if (_ended.Contains(message.RequestId!))
                    diagnostics.IgnoredResponses.Add();
                return;
            }

            hasPlace = _answerBytes + message.Size <= MaxAnswerBytes;
            if (hasPlace)
                Hold(request, message.Size);
        }

        if (!hasPlace)
        {
            diagnostics.Rejections.ResponseBytes(MaxAnswerBytes, message.Uid, message.Namespace);
        }
        else if (!TryAnswer(request, message))
        {
            lock (_lock)
                Hold(request, -message.Size);
        }
    }

    /// <summary>Hands the answer of a socket of this node to the question, which is perhaps not open yet.</summary>
    public void AnswerHere(AckRequest request, EncodedValue answer, string uid)
    {
        try
        {
            request.AnswerHere(answer);
        }
        catch (Exception exception) // See TryAnswer.
        {
            diagnostics.Rejections.UnreadableResponse(exception, uid);
        }
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
            if (request.TryAnswer(message))
                return true;
            diagnostics.Rejections.Response(message.Uid, message.Namespace);
        }
        catch (Exception exception) // The constructor of an answer's type may throw anything; it concerns neither the pump nor the other answers.
        {
            diagnostics.Rejections.UnreadableResponse(exception, message.Uid);
        }

        return false;
    }

    // What a question holds that is not open any more was given back when it was forgotten.
    private void Hold(PendingRequest request, int bytes)
    {
        if (!_requests.ContainsKey(request.Id))
            return;
        request.AnswerBytes += bytes;
        _answerBytes += bytes;
    }

    private PendingRequest[] Open()
    {
        lock (_lock)
            return [.. _requests.Values];
    }
}
