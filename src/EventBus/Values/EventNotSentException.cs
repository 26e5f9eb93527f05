namespace EventBus;

/// <summary>The event did not leave this process: no other node will ever receive it. Local receivers may have it already.</summary>
public sealed class EventNotSentException(string message, Exception? innerException = null, bool isTransient = true)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}
