using System.Text;
using EventBus.Serialization;

namespace EventBus;

/// <summary>
/// Sees each event before it is sent, and may refuse it by an exception, which the sender receives. It is called in the order in which the
/// events are sent, so it is synchronous. Add it with <c>AddEmitFilter</c>. It must be thread-safe and quick.
/// </summary>
public interface IEmitFilter
{
    /// <summary>Called before an event is encoded. Throw to refuse it: nothing is sent, and no socket of this process has it.</summary>
    void OnEmitting(EmitContext context);
}

/// <summary>An event that is about to be sent.</summary>
public sealed class EmitContext
{
    private readonly IPacket _packet;
    private readonly BroadcastTarget _target;

    internal EmitContext(string busNamespace, IPacket packet, in BroadcastTarget target, bool isServerSide)
    {
        Namespace = busNamespace;
        IsServerSide = isServerSide;
        _packet = packet;
        _target = target;
    }

    /// <summary>The bus namespace.</summary>
    public string Namespace { get; }

    /// <summary>The interface of the contract; null for an event that is sent by name.</summary>
    public Type? Contract => _packet.Contract;

    /// <summary>The event's name on the wire.</summary>
    public string EventName => field ??= Encoding.UTF8.GetString(_packet.EventName);

    /// <summary>The arguments in their order; of an event that is sent by name, each an <see cref="EventValue"/>.</summary>
    public IReadOnlyList<object?> Arguments => field ??= _packet.GetArguments();

    /// <summary>The rooms that it is sent to. Empty if it is sent to all sockets.</summary>
    public IReadOnlyList<string> Rooms => field ??= _target.Rooms.ToArray();

    /// <summary>The rooms whose sockets do not get it.</summary>
    public IReadOnlyList<string> ExcludedRooms => field ??= _target.Excluded.ToArray();

    /// <summary>Whether it is sent to the nodes themselves instead of sockets.</summary>
    public bool IsServerSide { get; }
}

/// <summary>The filters of a bus or publisher. They are created with the first event, because they may send events themselves.</summary>
internal sealed class EmitFilterChain(Func<IEmitFilter[]> create)
{
    private readonly Lazy<IEmitFilter[]> _filters = new(create);

    /// <exception cref="Exception">A filter refuses the event.</exception>
    public void Pass(EmitContext context)
    {
        foreach (var filter in _filters.Value)
            filter.OnEmitting(context);
    }
}

/// <summary>A sender whose events pass filters first.</summary>
/// <param name="namespaces">The bus namespaces that an event is sent to. The filters see it once for each.</param>
/// <param name="filters">The filters.</param>
/// <param name="sender">Sends the events.</param>
internal class FilteredSender(Func<IReadOnlyCollection<string>> namespaces, EmitFilterChain filters, IEventSender sender) : IEventSender
{
    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => Refusal(in target, in packet) is { } refusal
            ? ValueTask.FromException(refusal)
            : sender.EmitAsync(in target, in packet, cancellationToken);

    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        Filter(in target, in packet);
        return sender.Post(in target, in packet);
    }

    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => Refusal(default, in packet, isServerSide: true) is { } refusal
            ? ValueTask.FromException(refusal)
            : sender.ServerSideEmitAsync(in packet, cancellationToken);

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        sender.SocketsJoinAsync(in target, in rooms, cancellationToken);

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        sender.SocketsLeaveAsync(in target, in rooms, cancellationToken);

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        sender.DisconnectSocketsAsync(in target, close, cancellationToken);

    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => sender.Measure(in target, in packet);

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => sender.MeasureServerSide(in packet);

    /// <exception cref="Exception">A filter refuses the event.</exception>
    protected void Filter<TPacket>(in BroadcastTarget target, in TPacket packet, bool isServerSide = false)
        where TPacket : struct, IPacket
    {
        foreach (var busNamespace in namespaces())
            filters.Pass(new EmitContext(busNamespace, packet, in target, isServerSide));
    }

    /// <summary>The exception of the filter that refuses the event; null if none does.</summary>
    protected Exception? Refusal<TPacket>(in BroadcastTarget target, in TPacket packet, bool isServerSide = false)
        where TPacket : struct, IPacket
    {
        try
        {
            Filter(in target, in packet, isServerSide);
            return null;
        }
        catch (Exception exception) // The caller awaits it.
        {
            return exception;
        }
    }
}

/// <summary>A sender with acks whose events pass filters first.</summary>
internal sealed class FilteredRequester(string busNamespace, EmitFilterChain filters, IEventRequester requester)
    : FilteredSender(() => [busNamespace], filters, requester), IEventRequester
{
    public ValueTask<Acks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        in BroadcastTarget target,
        in TPacket packet,
        Func<EncodedValue, TAck> readAck,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => Refusal(in target, in packet) is { } refusal
            ? ValueTask.FromException<Acks<TAck>>(refusal)
            : requester.EmitWithAckAsync(in target, in packet, readAck, timeout, cancellationToken);

    public AckStream<TAck> StreamAcks<TPacket, TAck>(
        in BroadcastTarget target, in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout)
        where TPacket : struct, IPacket
    {
        var (to, data) = (target, packet);
        return new FilteredAckStream<TAck>(
            () => Filter(in to, in data), requester.StreamAcks(in target, in packet, readAck, timeout));
    }

    public ValueTask<ServerSideAcks<TAck>> ServerSideEmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => Refusal(default, in packet, isServerSide: true) is { } refusal
            ? ValueTask.FromException<ServerSideAcks<TAck>>(refusal)
            : requester.ServerSideEmitWithAckAsync(in packet, readAck, timeout, cancellationToken);

    public ValueTask<FetchedSockets> FetchSocketsAsync(
        in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken) =>
        FetchAsync(requester.FetchSocketsAsync(in target, timeout, cancellationToken));

    public MeasuredEvent MeasureWithAck<TPacket>(in BroadcastTarget target, in TPacket packet, TimeSpan? timeout)
        where TPacket : struct, IPacket
        => requester.MeasureWithAck(in target, in packet, timeout);

    // Events to one of the sockets pass the filters, too.
    private async ValueTask<FetchedSockets> FetchAsync(ValueTask<FetchedSockets> fetching) =>
        (await fetching.ConfigureAwait(false)).SentBy(this);
}

/// <summary>A stream of acks whose event passes filters when it is sent.</summary>
internal sealed class FilteredAckStream<T>(Action filter, AckStream<T> acks) : AckStream<T>
{
    public override int Expected => acks.Expected;

    public override IReadOnlyList<string> Missing => acks.Missing;

    public override bool IsTimedOut => acks.IsTimedOut;

    public override bool IsComplete => acks.IsComplete;

    public override IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        filter();
        return acks.GetAsyncEnumerator(cancellationToken);
    }
}
