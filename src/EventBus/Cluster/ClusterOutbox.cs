using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// Publishes the messages of this node in a bus namespace. Any message replaces a heartbeat, so it also measures the time since the last
/// one. Thread-safe.
/// </summary>
/// <remarks>
/// If a message is published while this node leaves, it may arrive after the AdapterClose message, and peers add this node again. So
/// another AdapterClose follows it.
/// </remarks>
internal sealed class ClusterOutbox(MessageEncoder encoder, IPublishPipeline pipeline, TimeProvider time, BusDiagnostics diagnostics)
{
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastPublished = time.GetTimestamp();
    private volatile bool _isClosed;
    private Action? _publishedLate;

    /// <summary>Completes when this node's own announcement has come back: from then on it receives every message.</summary>
    public Task Announced => _announced.Task;

    /// <summary>Whether the peers know this node, so that heartbeats are due.</summary>
    public bool IsAnnounced => _announced.Task.IsCompleted && !_isClosed;

    /// <summary>Whether this node has left, or is about to. There are no heartbeats any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>The time since the last message that replaces a heartbeat.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _lastPublished));

    /// <summary>Makes the announcement, to be published now. Every peer responds with a heartbeat.</summary>
    public OutgoingMessage Announce()
    {
        MarkPublished();
        return encoder.InitialHeartbeat();
    }

    /// <summary>Makes a heartbeat, to be published now.</summary>
    public OutgoingMessage Beat()
    {
        MarkPublished();
        return encoder.Heartbeat();
    }

    /// <summary>Makes the AdapterClose message, to be published now. It ends the heartbeats.</summary>
    public OutgoingMessage Close()
    {
        _isClosed = true;
        return encoder.AdapterClose();
    }

    /// <summary>Publishes a message.</summary>
    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        MarkPublished();
        var mayBeLate = MayBeLate(message);
        var publishing = pipeline.PublishAsync(message, cancellationToken);
        if (mayBeLate)
            ReportIfLate();
        return publishing;
    }

    /// <summary>Posts a message.</summary>
    public bool TryPost(OutgoingMessage message)
    {
        MarkPublished();
        return TryRespond(message);
    }

    /// <summary>Posts a response. It does not delay the next heartbeat.</summary>
    public bool TryRespond(OutgoingMessage message)
    {
        var mayBeLate = MayBeLate(message);
        var isTaken = pipeline.TryPost(message);
        if (mayBeLate)
            ReportIfLate();
        return isTaken;
    }

    /// <summary>Takes a message with the uid of this node that has come back.</summary>
    /// <returns>False if the message is of another node.</returns>
    public bool TakeOwn(ClusterMessage message)
    {
        if (message.Uid != encoder.Options.Uid)
            return false;
        if (message.Key.Source != encoder.Options.Source)
            diagnostics.Rejections.Impostor(message.Uid, message.Namespace);
        else if (message.Type == MessageType.InitialHeartbeat)
            _announced.TrySetResult();
        return true;
    }

    /// <summary>Calls back from now on when a message was published that may be later than AdapterClose.</summary>
    public void WatchLate(Action publishedLate) => Volatile.Write(ref _publishedLate, publishedLate);

    /// <summary>Calls back if messages are watched: one was published.</summary>
    public void ReportIfLate() => Volatile.Read(ref _publishedLate)?.Invoke();

    // The pipeline owns a message as soon as it has it.
    private static bool MayBeLate(OutgoingMessage message) => message.Uid != MessageEncoderOptions.EmitterUid;

    private void MarkPublished() => Volatile.Write(ref _lastPublished, time.GetTimestamp());
}
