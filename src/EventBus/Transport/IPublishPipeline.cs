using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport;

/// <summary>One ordered, bounded way out: what one caller publishes first, everybody receives first. Thread-safe. It owns the messages handed to it, whatever becomes of them.</summary>
internal interface IPublishPipeline : IAsyncDisposable
{
    /// <summary>Opens what publishing needs. Publishing before it has completed is allowed and waits.</summary>
    /// <exception cref="EventBusStartException">The database cannot be published to. What is published is tried all the same, for what hinders may pass.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Queues a message and completes when it is committed. The message has its number and place when the call returns, not when the task completes.</summary>
    /// <exception cref="EventNotSentException">Nobody receives it.</exception>
    /// <exception cref="EventOutcomeUnknownException">The connection was lost while it was being published.</exception>
    /// <exception cref="OperationCanceledException">Before take-off the message was withdrawn (its number is burnt); after it, only the waiting ended.</exception>
    /// <remarks>Where the queue is full the call waits for a place, in the order of the calls.</remarks>
    ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Sends a message, which has a unique id in the place of a number, inside a caller's transaction and past the queue; completes when the transaction holds it.</summary>
    /// <exception cref="EventNotSentException">The transaction is finished, broken or another database's, and nothing was sent; or PostgreSQL refused the message, which aborts it.</exception>
    /// <exception cref="EventBusClosedException">No more messages are taken.</exception>
    ValueTask PublishWithinAsync(NpgsqlTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        message.Dispose();
        return ValueTask.FromException(
            new EventNotSentException("This bus has no database, so no transaction of PostgreSQL's can hold its events: emit without 'Within'.", isTransient: false));
    }

    /// <summary>Queues messages to go out in one transaction, without waiting; false, queueing none and counting their events as dropped, where there is no place. Their failures are reported, counted and logged.</summary>
    bool TryPost(params ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>Queues messages to go out in one transaction after all others, even where there is no place, and takes no more.</summary>
    void PostLast(params ReadOnlySpan<OutgoingMessage> messages);

    /// <summary>Publishes what is queued, refuses more, and completes when everything is out or the token is cancelled.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}
