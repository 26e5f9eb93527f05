namespace EventBus.Transport;

/// <summary>A node's connection to the cluster: it publishes messages, and delivers received ones in order. Thread-safe.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Publishes messages. It is started and disposed with the transport.</summary>
    IPublishPipeline Publisher { get; }

    /// <summary>Starts receiving for a receiver: probes, opens the listening connection, and supervises it from then on.</summary>
    /// <exception cref="EventBusStartException">Notifications do not arrive here, for the reason in the message.</exception>
    Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Listens to a channel; completes when PostgreSQL has confirmed it (after a reconnect it is listened to again by itself).</summary>
    Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken);

    /// <summary>Stops listening to a channel; completes when nothing of it is handed over any more. What is missed from then on is no gap, even where it is listened to again.</summary>
    Task UnlistenAsync(string channel, CancellationToken cancellationToken);
}
