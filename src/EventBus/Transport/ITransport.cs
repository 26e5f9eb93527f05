using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>A node's connection to the cluster: publishes messages, and delivers received messages in order. Thread-safe.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Publishes messages. It is started and disposed with the transport.</summary>
    IPublishPipeline Publisher { get; }

    /// <summary>How far receiving and delivering have come.</summary>
    ReceptionProgress Progress { get; }

    /// <summary>The senders of notifications. Use it only in calls of the pump.</summary>
    Backends Backends { get; }

    /// <summary>Reads the journaled events.</summary>
    IJournal Journal { get; }

    /// <summary>
    /// Starts to receive: checks the database, opens the listening connection, and from then on restores it if it is lost. After a failure
    /// it can be called again.
    /// </summary>
    /// <exception cref="EventBusStartException">Notifications do not arrive here; the message names the reason.</exception>
    Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Listens to a channel, and does so again after each reconnect. Completes when PostgreSQL has confirmed it.</summary>
    Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken);

    /// <summary>Stops listening to a channel. Completes when all messages received from it are delivered.</summary>
    /// <remarks>Events that are missed from then on are not a gap, even if the channel is listened to again.</remarks>
    Task UnlistenAsync(string channel, CancellationToken cancellationToken);
}

/// <summary>How far a transport has come, counted from its start.</summary>
/// <param name="Received">The number of notifications that were read from the connection.</param>
/// <param name="Delivered">How many of them were delivered, or rejected.</param>
/// <param name="IsPaused">Whether the connection may not be read, or notifications are discarded, because too many wait.</param>
internal readonly record struct ReceptionProgress(long Received, long Delivered, bool IsPaused);

/// <summary>
/// Receives the messages and the state changes of a transport. The pump makes all calls, one at a time and in the order of the
/// notifications. No call may block or throw.
/// </summary>
internal interface ITransportReceiver
{
    /// <summary>Whether the pump must wait before it delivers the next message, because a receiver of events is too far behind.</summary>
    bool IsCongested { get; }

    /// <summary>Completes when <see cref="IsCongested"/> is false again, in a bounded time.</summary>
    /// <param name="giveUp">If cancelled, the task completes at once, and events that do not fit the receivers' queues are dropped.</param>
    Task WaitUntilRelievedAsync(CancellationToken giveUp);

    /// <summary>Whether requests to other nodes are open in a bus namespace. If not, large responses are not read.</summary>
    bool HasRequests(string busNamespace);

    /// <summary>Receives a valid message. The message and its buffers are borrowed for the call.</summary>
    /// <remarks>This node's own messages arrive too, except for attachments, which are not read back.</remarks>
    void OnMessage(ClusterMessage message);

    /// <summary>Events of a source are missing on a channel.</summary>
    void OnGap(EventGap gap);

    /// <summary>An attachment could not be read.</summary>
    void OnAttachmentLost(LostAttachment attachment);

    /// <summary>The node is connected if both listening and publishing work. This has changed.</summary>
    void OnConnectedChanged(bool connected);

    /// <summary>
    /// The listening connection was lost and is restored: the node must announce itself on every channel. Gaps are reported as the other
    /// nodes respond.
    /// </summary>
    void OnListeningAgain();
}
