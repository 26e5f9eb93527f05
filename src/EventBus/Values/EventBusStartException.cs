namespace EventBus;

/// <summary>The bus cannot start on this data source: the message names the cause (a pooler in transaction mode, a standby, a missing privilege, …) and what to change.</summary>
public sealed class EventBusStartException(string message, Exception? innerException = null, bool isTransient = false)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}
