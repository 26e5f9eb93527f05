namespace EventBus;

/// <summary>Bytes are not the value they should be, or a value cannot be written: malformed, too deep, too large, or of another type.</summary>
public sealed class EventSerializationException(string message, int position = -1, Exception? innerException = null)
    : EventBusException(message, innerException)
{
    /// <summary>The offset of the offending byte in the message, or -1 where there is none (while writing).</summary>
    public int Position { get; } = position;
}
