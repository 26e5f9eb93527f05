using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>The way out of a bus namespace, shared by all that this node says there. Thread-safe.</summary>
/// <remarks>
/// What this node says behind its goodbye, because it was on its way when it left, would make it known again for a while, for peers take any message for a sign of life. So another
/// goodbye follows it.
/// </remarks>
internal sealed class ClusterOutbox(IPublishPipeline pipeline, SignsOfLife life)
{
    private Action? _saidTooLate;

    /// <summary>Publishes what peers take for a sign of life.</summary>
    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        life.Publishing();
        var publishing = pipeline.PublishAsync(message, cancellationToken);
        HasSaid(message);
        return publishing;
    }

    /// <summary>Hands over what peers take for a sign of life, and nobody waits for.</summary>
    public bool TryPost(OutgoingMessage message)
    {
        life.Publishing();
        return TryAnswer(message);
    }

    /// <summary>Hands over an answer, for which the next heartbeat is not put off.</summary>
    public bool TryAnswer(OutgoingMessage message)
    {
        var isTaken = pipeline.TryPost(message);
        HasSaid(message);
        return isTaken;
    }

    /// <summary>The goodbye is about to be said.</summary>
    /// <param name="saidTooLate">Called when something was said that may be behind it.</param>
    public void Close(Action saidTooLate) => Volatile.Write(ref _saidTooLate, saidTooLate);

    /// <summary>This node has said something, which may be too late.</summary>
    public void HasSaid() => Volatile.Read(ref _saidTooLate)?.Invoke();

    private void HasSaid(OutgoingMessage message)
    {
        if (message.Uid != EmitterAdapter.Uid)
            HasSaid();
    }
}
