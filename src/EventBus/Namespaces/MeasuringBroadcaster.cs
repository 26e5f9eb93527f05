using EventBus.Cluster;
using EventBus.CompilerServices;
using EventBus.Wire;

namespace EventBus.Namespaces;

/// <summary>Encodes an event as it would be sent, tells how long that is, and sends nothing.</summary>
internal sealed class MeasuringBroadcaster(IAdapter adapter, EventMeasurement measurement) : INodeEventBroadcaster
{
    // A question has the digits of a request id, whichever they are.
    private static readonly string RequestId = new('0', 16);

    public ValueTask EmitAsync<TContract, TEvent>(in BroadcastTarget target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent>
    {
        var encoder = target.Transaction is null ? adapter.Encoder : adapter.TransactionEncoder;
        Tell(encoder.Broadcast(new TypedPacketData<TContract, TEvent>(value), BroadcastOptions.Of(target)));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServerSideEmitAsync<TContract, TEvent>(in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent>
    {
        Tell(adapter.Encoder.ServerSideEmit(new TypedPacketData<TContract, TEvent>(value)));
        return ValueTask.CompletedTask;
    }

    public ValueTask<Acks<TAnswer>> EmitWithAckAsync<TContract, TEvent, TAnswer>(
        in BroadcastTarget target, in TEvent value, TimeSpan? timeout, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
    {
        // Only nodes offer events that are answered.
        var options = BroadcastOptions.Of(target, timeout ?? ((ClusterAdapter)adapter).RequestsTimeout);
        Tell(adapter.Encoder.Broadcast(new TypedPacketData<TContract, TEvent>(value), options, RequestId));
        return ValueTask.FromResult(new Acks<TAnswer>([], expected: 0, missing: [], isTimedOut: false));
    }

    public bool Post<TContract, TEvent>(in BroadcastTarget target, in TEvent value)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent> => throw NotOffered();

    public AckStream<TAnswer> StreamAcks<TContract, TEvent, TAnswer>(in BroadcastTarget target, in TEvent value, TimeSpan? timeout)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer> => throw NotOffered();

    public ValueTask<ServerSideAcks<TAnswer>> ServerSideEmitWithAckAsync<TContract, TEvent, TAnswer>(in TEvent value, TimeSpan? timeout, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer> => throw NotOffered();

    public ValueTask EmitAsync(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, CancellationToken cancellationToken) => throw NotOffered();

    public bool Post(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments) => throw NotOffered();

    // The operator that leads here has none of these.
    private static InvalidOperationException NotOffered() => new("This cannot be measured.");

    private void Tell(OutgoingMessage message)
    {
        using (message)
        {
            message.Number(long.MaxValue, long.MaxValue);
            measurement.Tell(new MeasuredEvent { Bytes = message.IsAttached ? message.Attachment.Length : message.Payload.Length, IsAttached = message.IsAttached });
        }
    }
}
