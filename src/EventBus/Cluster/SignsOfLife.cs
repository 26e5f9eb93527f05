using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>How the other nodes of a bus namespace know that this one is alive: by what it publishes there, and by a heartbeat when it was silent. Thread-safe.</summary>
internal sealed class SignsOfLife(MessageEncoder encoder, TimeProvider time)
{
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastPublished = time.GetTimestamp();
    private volatile bool _isOver;

    /// <summary>Completes when this node's own announcement has come back: from then on it hears everything.</summary>
    public Task Announced => _announced.Task;

    /// <summary>Whether the others know this node, and have to go on hearing of it.</summary>
    public bool IsKnown => _announced.Task.IsCompleted && !_isOver;

    /// <summary>Whether this node has said goodbye.</summary>
    public bool IsOver => _isOver;

    /// <summary>How long ago this node last published something here that peers take for a sign of life.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastPublished));

    /// <summary>Makes the announcement that is to be sent now, which every other node answers.</summary>
    public OutgoingMessage Announce()
    {
        Publishing();
        return encoder.InitialHeartbeat();
    }

    /// <summary>Makes the heartbeat that is to be sent now.</summary>
    public OutgoingMessage Beat()
    {
        Publishing();
        return encoder.Heartbeat();
    }

    /// <summary>Makes the goodbye that is to be sent now. There is no heartbeat after it.</summary>
    public OutgoingMessage Goodbye()
    {
        _isOver = true;
        return encoder.AdapterClose();
    }

    /// <summary>Takes note that something is being published, which is a sign of life as well.</summary>
    public void Publishing() => Volatile.Write(ref _lastPublished, time.GetTimestamp());

    /// <summary>Takes note that this node's own announcement has come back.</summary>
    public void CameBack() => _announced.TrySetResult();
}
