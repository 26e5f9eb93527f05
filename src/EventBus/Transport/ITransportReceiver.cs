using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Whom a transport hands to what it receives. All calls come from the pump, one at a time, in the order of the notifications; none may block or throw.</summary>
internal interface ITransportReceiver
{
    /// <summary>Whether the pump must wait before it delivers the next message, because a receiver of events is too far behind.</summary>
    bool IsCongested { get; }

    /// <summary>Completes when <see cref="IsCongested"/> is false again, in a bounded time.</summary>
    /// <param name="giveUp">When cancelled, it completes at once: what the receivers have no place for is dropped.</param>
    Task WaitUntilRelievedAsync(CancellationToken giveUp);

    /// <summary>A valid message, this node's own among them but for attached ones, which are not read back. It and what it holds is only borrowed.</summary>
    void OnMessage(ClusterMessage message);

    /// <summary>Events of a source are missing on a channel.</summary>
    void OnGap(EventGap gap);

    /// <summary>An attachment could not be had.</summary>
    void OnAttachmentLost(LostAttachment attachment);

    /// <summary>Whether both listening and publishing work has changed.</summary>
    void OnConnectedChanged(bool connected);

    /// <summary>Listening has been restored after it was lost: time to announce the node on every channel. Gaps are reported as the answers come.</summary>
    void OnListeningAgain();
}
