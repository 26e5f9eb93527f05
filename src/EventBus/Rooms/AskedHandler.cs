using System.Text;

namespace EventBus.Rooms;

/// <summary>A handler that is told whom to answer, of one event by name or of every event. Its socket's next event does not wait for its answer.</summary>
internal sealed class AskedHandler(string? eventName, Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler) : SocketHandler(UntypedDecoder.Shared)
{
    private readonly byte[]? _eventName = eventName is null ? null : Encoding.UTF8.GetBytes(eventName);

    public override bool Takes(ReadOnlySpan<byte> eventName) => _eventName is null || eventName.SequenceEqual(_eventName);

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var received = (UntypedEvent)decoded;
        return handler(received.Name, received.Arguments, ack);
    }
}
