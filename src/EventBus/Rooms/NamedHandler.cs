using System.Text;

namespace EventBus.Rooms;

/// <summary>A handler of one event by name.</summary>
internal sealed class NamedHandler(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler) : SocketHandler(UntypedDecoder.Shared)
{
    private readonly byte[] _eventName = Encoding.UTF8.GetBytes(eventName);

    public override bool Takes(ReadOnlySpan<byte> eventName) => eventName.SequenceEqual(_eventName);

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack) => handler(((UntypedEvent)decoded).Arguments);
}
