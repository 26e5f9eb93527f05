using System.Text;
using EventBus.Cluster;
using EventBus.CompilerServices;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Namespaces;

/// <summary>What the operators of one bus namespace send through: encodes the event, typed or not, and hands it to the adapter.</summary>
internal abstract class Broadcaster : IEventBroadcaster, ISocketBroadcaster, IMeasuringBroadcaster
{
    /// <summary>Where to send now. It may be another the next time, so a message is encoded for and given to the same.</summary>
    protected abstract IAdapter Adapter { get; }

    public ValueTask EmitAsync<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var adapter = Adapter;
        var message = Encode(adapter, target, new TypedPacketData<TArguments>(definition, arguments));
        return adapter.BroadcastAsync(message, definition.Name, target, cancellationToken);
    }

    public bool Post<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments)
        where TArguments : struct, IArguments<TArguments>
    {
        var adapter = Adapter;
        return adapter.Post(Encode(adapter, target, new TypedPacketData<TArguments>(definition, arguments)), definition.Name, target);
    }

    public ValueTask ServerSideEmitAsync<TArguments>(EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var adapter = Adapter;
        return adapter.ServerSideEmitAsync(adapter.Encoder.ServerSideEmit(new TypedPacketData<TArguments>(definition, arguments)), cancellationToken);
    }

    public ValueTask EmitAsync(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, CancellationToken cancellationToken)
    {
        Check(eventName);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var adapter = Adapter;
        var message = Encode(adapter, target, new UntypedPacketData(eventName, arguments));
        return adapter.BroadcastAsync(message, Encoding.UTF8.GetBytes(eventName), target, cancellationToken);
    }

    public bool Post(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments)
    {
        Check(eventName);
        var adapter = Adapter;
        return adapter.Post(Encode(adapter, target, new UntypedPacketData(eventName, arguments)), Encoding.UTF8.GetBytes(eventName), target);
    }

    public ValueTask ServerSideEmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments, CancellationToken cancellationToken)
    {
        CheckServerSide(eventName);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var adapter = Adapter;
        return adapter.ServerSideEmitAsync(adapter.Encoder.ServerSideEmit(new UntypedPacketData(eventName, arguments)), cancellationToken);
    }

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : Adapter.SocketsJoinAsync(target, rooms, cancellationToken);

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : Adapter.SocketsLeaveAsync(target, rooms, cancellationToken);

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : Adapter.DisconnectSocketsAsync(target, close, cancellationToken);

    public IBroadcaster Measuring(EventMeasurement measurement) => new MeasuringBroadcaster(Adapter, measurement);

    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public static void CheckServerSide(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ReservedEventNames.ForbidServerSideEmit(eventName))
            throw new ArgumentException($"'{eventName}' is one of Socket.IO's reserved names of server-side events; choose another.", nameof(eventName));
    }

    public static void Check(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ReservedEventNames.ForbidEmit(eventName))
            throw new ArgumentException($"'{eventName}' is one of Socket.IO's reserved event names; choose another.", nameof(eventName));
    }

    private static OutgoingMessage Encode<TPacketData>(IAdapter adapter, in BroadcastTarget target, in TPacketData packetData)
        where TPacketData : struct, IWritable
        => (target.Transaction is null ? adapter.Encoder : adapter.TransactionEncoder).Broadcast(packetData, BroadcastOptions.Of(target));
}
