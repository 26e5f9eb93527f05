using System.Collections.Concurrent;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>What this node does with the events that other nodes send to the nodes of a bus namespace: one handler an event, called one at a time and in order.</summary>
internal sealed class ServerSideHandlers(string busNamespace, ReceivePressure pressure, EventOrigins origins, BusDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, SocketHandler> _handlers = new(StringComparer.Ordinal);
    private readonly SocketQueue _queue = new($"of the server-side events of {busNamespace}", pressure, diagnostics);

    /// <summary>Sets an event's handler, in place of an earlier one.</summary>
    public void Set(string eventName, SocketHandler handler) => _handlers[eventName] = handler;

    /// <summary>Queues the event for its handler; nothing happens, and nobody answers, where it has none.</summary>
    public void Deliver(ClusterMessage message, PendingAck? ack)
    {
        if (!_handlers.TryGetValue(Encoding.UTF8.GetString(message.EventName.Span), out var handler))
            return;
        var origin = origins.Of(message);
        var delivery = new PacketDelivery(message.EventName.Span, message.PacketData, in origin, diagnostics);
        if (delivery.DecodedBy(handler.Decoder) is { } decoded)
            _queue.TryEnqueue(handler, decoded, delivery.Size, delivery.CanWait, ack);
    }

    /// <summary>Takes no more events and completes when those that are queued were handled.</summary>
    public Task CompleteAsync() => _queue.CompleteAsync();
}
