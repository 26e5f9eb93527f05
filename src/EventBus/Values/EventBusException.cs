namespace EventBus;

/// <summary>The base of every failure that EventBus itself raises. Wrong arguments are plain <see cref="ArgumentException"/>s, cancellation is always <see cref="OperationCanceledException"/>.</summary>
public abstract class EventBusException : Exception
{
    private protected EventBusException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same call may succeed when it is made again later.</summary>
    public virtual bool IsTransient => false;
}
