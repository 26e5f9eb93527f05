using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>The connection that publishes, while there is one: opened, checked before a message would find it dead, and given up. Not thread-safe.</summary>
internal interface IPublishConnection : IAsyncDisposable
{
    bool IsOpen { get; }

    /// <summary>Whether it has not been used for so long that it is to be checked first: a message that finds it dead would be unknown.</summary>
    bool IsUnused { get; }

    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Asks the server for a sign of life.</summary>
    Task CheckAsync();

    /// <inheritdoc cref="PublishStatement.ExecuteAsync"/>
    Task ExecuteAsync(IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, CancellationToken cancellationToken);

    /// <inheritdoc cref="PublishStatement.Classify"/>
    PublishFailure Classify(Exception exception);

    /// <summary>It has just answered.</summary>
    void Used();

    /// <summary>Gives the connection up.</summary>
    /// <param name="operation">What may still be under way on it; it is closed afterwards.</param>
    /// <param name="stillUsed">What the operation uses until then.</param>
    void Abandon(Task? operation = null, IReadOnlyList<IDisposable>? stillUsed = null);
}
