using System.Text;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>A handler that answers, of one event by name or of every event. One that throws answers nothing.</summary>
internal sealed class AckHandler(string? eventName, Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler) : SocketHandler(UntypedDecoder.Shared)
{
    private readonly byte[]? _eventName = eventName is null ? null : Encoding.UTF8.GetBytes(eventName);

    public override bool Takes(ReadOnlySpan<byte> eventName) => _eventName is null || eventName.SequenceEqual(_eventName);

    public override async ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var received = (UntypedEvent)decoded;
        var answer = await handler(received.Name, received.Arguments).ConfigureAwait(false);
        ack?.Acknowledge(new WritableValue(answer));
    }
}
