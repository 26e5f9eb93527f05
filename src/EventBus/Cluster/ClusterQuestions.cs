using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks the other nodes of a bus namespace, and waits for what they answer.</summary>
internal sealed class ClusterQuestions(RequestTable requests, ClusterOutbox outbox, TimeSpan defaultTimeout)
{
    /// <summary>Asks, and completes when every node that was asked has answered, left, or taken too long; the question is forgotten then, whatever happened.</summary>
    /// <param name="request">Gathers the answers.</param>
    /// <param name="message">Makes the question; null where it does not leave this process.</param>
    /// <param name="timeout">How long to wait; null: as long as the option says.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventNotSentException">Nobody was asked.</exception>
    /// <exception cref="EventOutcomeUnknownException">The others may have been asked.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public async ValueTask AskAsync(PendingRequest request, OutgoingMessage? message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        try
        {
            Open(request, message, timeout ?? defaultTimeout);
            if (message is not null)
                await outbox.PublishAsync(message, cancellationToken).ConfigureAwait(false);
            await request.EndAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            requests.Remove(request);
        }
    }

    private void Open(PendingRequest request, OutgoingMessage? message, TimeSpan timeout)
    {
        try
        {
            requests.Add(request, isLocal: message is null, timeout);
        }
        catch
        {
            message?.Dispose();
            throw;
        }
    }
}
