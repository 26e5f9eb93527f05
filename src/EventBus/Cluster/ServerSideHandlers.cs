using System.Collections.Concurrent;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>The handlers of server-side events of a bus namespace: one per event, called one at a time and in order. Thread-safe.</summary>
internal sealed class ServerSideHandlers(
    string busNamespace, ReceivePressure pressure, SlowSocketPolicy policy, EventOrigins origins, BusDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, SocketHandler> _handlers = new(StringComparer.Ordinal);

    // There is no socket that could be disconnected.
    private readonly SocketQueue _queue = new(
        $"(server-side events of {busNamespace})",
        pressure,
        diagnostics,
        policy is SlowSocketPolicy.Disconnect ? SlowSocketPolicy.WaitThenDropNewest : policy);

    /// <summary>The number of events that wait.</summary>
    public int Waiting => _queue.Waiting;

    /// <summary>The name of the handler that runs; null if none does.</summary>
    public string? Running => _queue.Running;

    /// <inheritdoc cref="SocketQueue.FindHandler"/>
    public string? FindHandler(bool holdingThread) => _queue.FindHandler(holdingThread);

    /// <summary>Sets the handler of an event. It replaces an earlier one.</summary>
    public void Set(string eventName, SocketHandler handler) => _handlers[eventName] = handler;

    /// <summary>Queues the event for its handler. Without a handler there is no ack.</summary>
    public void Deliver(ClusterMessage message, PendingAck? ack)
    {
        if (!_handlers.TryGetValue(Encoding.UTF8.GetString(message.EventName.Span), out var handler))
            return;
        var origin = origins.Of(message);
        using var receiving = diagnostics.Traces.StartReceive(origin.Trace, message.EventName.Span);
        var delivery = new PacketDelivery(message.EventName.Span, message.PacketData, in origin, diagnostics);
        if (delivery.Decode(handler.Decoder) is { } decoded)
            _queue.TryEnqueue(handler, decoded, delivery.Size, delivery.CanWait, ack, delivery.Trace);
    }

    /// <summary>Accepts no more events, and completes when the queued ones were handled.</summary>
    public Task CompleteAsync() => _queue.CompleteAsync();
}
