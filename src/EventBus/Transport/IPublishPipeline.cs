using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// One ordered and bounded pipeline of outgoing messages: all nodes receive the messages of one caller in the order of its calls.
/// Thread-safe. It owns each message that is passed to it, for every outcome.
/// </summary>
internal interface IPublishPipeline : IAsyncDisposable
{
    /// <summary>Opens the connection that publishing needs. Messages published earlier wait for it.</summary>
    /// <exception cref="EventBusStartException">
    /// The database cannot be published to. Messages are still tried, because the cause may be transient.
    /// </exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Queues a message and completes when it is committed. The message has its number and its place when the call returns, not when the
    /// task completes.
    /// </summary>
    /// <exception cref="EventNotSentException">No node receives the message.</exception>
    /// <exception cref="EventOutcomeUnknownException">The connection was lost while the message was being published.</exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled. A message still queued is withdrawn, and its number is not used again. If its statement was already
    /// running, the message may still be received.
    /// </exception>
    /// <remarks>If the queue is full, the message waits for a place, in the order of the calls.</remarks>
    ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a message inside a caller's transaction, outside the queue. It has a unique id instead of a number. Completes when the
    /// transaction contains the message.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the statement, which aborts the transaction.</param>
    /// <exception cref="EventNotSentException">
    /// There is no transaction, or it is finished, broken or of another database, and nothing was sent; or PostgreSQL rejected the message,
    /// which aborts the transaction.
    /// </exception>
    /// <exception cref="EventBusClosedException">The pipeline is closed.</exception>
    ValueTask PublishWithinAsync(CallerTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        message.Dispose();
        return ValueTask.FromException(new EventNotSentException(
            "This bus has no database, so its events cannot be part of a PostgreSQL transaction. Emit without 'Within'.",
            isTransient: false));
    }

    /// <summary>
    /// Queues messages that are committed in one transaction, without waiting. If there is no place for all of them, none is queued and
    /// their events are counted as dropped. Later failures are counted, logged and reported.
    /// </summary>
    /// <returns>Whether the messages are queued.</returns>
    bool TryPost(params ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>Checks the connection soon. A pipeline without messages does not notice that its connection is lost.</summary>
    void RequestCheck()
    {
    }

    /// <summary>Queues messages that are committed in one transaction after all others, even if the queue is full, and closes it.</summary>
    void PostLast(params ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>Closes the queue. Completes when all queued messages have an outcome, or the token is cancelled.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
