using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Gives messages their numbers: events count per channel from 1, others repeat the last event's and count over all channels. Not thread-safe: the queue's.</summary>
internal sealed class MessageNumbers
{
    private readonly Dictionary<string, long> _lastEvents = [];
    private long _lastOrdinal;

    public void Number(OutgoingMessage message)
    {
        var lastEvent = _lastEvents.GetValueOrDefault(message.Channel);
        if (message.IsEvent)
            _lastEvents[message.Channel] = ++lastEvent;
        message.Number(lastEvent, ++_lastOrdinal);
    }
}
