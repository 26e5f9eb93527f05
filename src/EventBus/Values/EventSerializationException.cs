namespace EventBus;

/// <summary>Bytes are not the value they should be, or a value cannot be written: malformed, too deep, too large, or of another type.</summary>
public sealed class EventSerializationException(string message, int position = -1, Exception? innerException = null)
    : EventBusException(message, innerException)
{
    /// <summary>The offset of the offending byte in the message, or -1 where there is none (while writing).</summary>
    public int Position { get; } = position;

    /// <summary>The name on the wire of the event whose arguments could not be read or written, or that could not be answered; null for other errors.</summary>
    public string? EventName { get; internal init; }

    /// <summary>
    /// The way to the value that could not be read or written, as <c>order.lines[2].price</c>: the parameter, then names on the wire and indices. Null where no argument is to blame. It holds no values, and of keys
    /// only those that look like names.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>Whether there is nothing wrong but that all of it is too long.</summary>
    internal bool IsOfLength { get; init; }

    /// <summary>Whether an argument is not there at all.</summary>
    internal bool IsMissingArgument { get; init; }

    /// <summary>The member that must be there and is not; null for other errors.</summary>
    internal string? MissingMember { get; init; }
}
