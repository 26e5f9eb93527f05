namespace EventBus.Rooms;

/// <summary>One handler of a socket: which decoder serves it, and how it is called.</summary>
internal abstract class SocketHandler(EventDecoder decoder)
{
    public EventDecoder Decoder { get; } = decoder;

    /// <summary>Whether it takes the event of that name. Asked before the event is decoded.</summary>
    public virtual bool Takes(ReadOnlySpan<byte> eventName) => true;

    /// <summary>Whether the bus stops, and the handler was given a token that says so: one that ends early does what it was asked for.</summary>
    public virtual bool IsStopping => false;

    /// <summary>Calls it and, where it answers and an answer is asked for, answers.</summary>
    public abstract ValueTask InvokeAsync(object decoded, PendingAck? ack);
}
