namespace EventBus.Rooms;

/// <summary>A handler of every event.</summary>
internal sealed class AnyHandler(Func<string, IReadOnlyList<EventValue>, ValueTask> handler) : SocketHandler(UntypedDecoder.Shared)
{
    public override ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var received = (UntypedEvent)decoded;
        return handler(received.Name, received.Arguments);
    }
}
