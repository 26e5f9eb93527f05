using EventBus.Cluster;
using EventBus.CompilerServices;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Namespaces;

/// <summary>Encodes an event as it would be sent, tells how long that is, and sends nothing.</summary>
internal sealed class MeasuringBroadcaster(IAdapter adapter, EventMeasurement measurement) : INodeEventBroadcaster
{
    // A question has the digits of a request id, whichever they are.
    private static readonly string RequestId = new('0', 16);

    public ValueTask EmitAsync<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
    {
        var encoder = target.Transaction is null ? adapter.Encoder : adapter.TransactionEncoder;
        Tell(encoder.Broadcast(new TypedPacketData<TArguments>(definition, arguments), BroadcastOptions.Of(target)));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServerSideEmitAsync<TArguments>(EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
    {
        Tell(adapter.Encoder.ServerSideEmit(new TypedPacketData<TArguments>(definition, arguments)));
        return ValueTask.CompletedTask;
    }

    public ValueTask<Acks<TAnswer>> EmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>
    {
        // Only nodes offer events that are answered.
        var options = BroadcastOptions.Of(target, timeout ?? ((ClusterAdapter)adapter).RequestsTimeout);
        Tell(adapter.Encoder.Broadcast(new TypedPacketData<TArguments>(definition, arguments), options, RequestId));
        return ValueTask.FromResult(new Acks<TAnswer>([], expected: 0, missing: [], isTimedOut: false));
    }

    public bool Post<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments)
        where TArguments : struct, IArguments<TArguments> => throw NotOffered();

    public AckStream<TAnswer> StreamAcks<TArguments, TAnswer, TAnswerFormatter>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer> => throw NotOffered();

    public ValueTask<ServerSideAcks<TAnswer>> ServerSideEmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer> => throw NotOffered();

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
