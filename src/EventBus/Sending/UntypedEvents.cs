using System.Text;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus;

/// <summary>
/// The contract of events by name, for operators whose events have no interface: <c>bus.Of("/chat").To("r1").EmitAsync("ping", [at])</c>.
/// </summary>
/// <remarks>Arguments are any JSON value, binary or a timestamp. Typed and untyped events of a bus namespace share one order.</remarks>
public interface IUntypedEvents
{
}

/// <summary>Sends events by name, and manages sockets.</summary>
public static class UntypedEventExtensions
{
    /// <summary>Sends an event; completes when PostgreSQL has committed it. Sockets of this process have it before.</summary>
    /// <typeparam name="TTarget">The type of the operator.</typeparam>
    /// <param name="target">The sockets to send to.</param>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Withdraws the event if it is not being published yet; otherwise ends only the wait.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public static ValueTask EmitAsync<TTarget>(
        this TTarget target,
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        CancellationToken cancellationToken = default)
        where TTarget : IEventTarget<IUntypedEvents>
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.EmitAsync(UntypedPacket.ForSockets(eventName, arguments), cancellationToken);
    }

    /// <summary>
    /// Sends an event that asks every socket for an ack, and gathers the acks. The result names the nodes whose acks are missing.
    /// </summary>
    /// <remarks>
    /// The call first waits until this node is a member of the namespace. Sockets of .NET nodes acknowledge with a handler that returns a
    /// value, those of Socket.IO servers through their clients. A socket without such a handler, or whose handler throws, sends no ack.
    /// With <see cref="BroadcastOperator{TContract}.Local"/> only the sockets of this process are asked.
    /// </remarks>
    /// <param name="target">The sockets to send to.</param>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">
    /// The arguments. Before this node is a member, the memory must not change until the event is sent; afterwards, until the call has
    /// returned.
    /// </param>
    /// <param name="timeout">How long to wait for acks. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event. Sockets of this process may have it already.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public static ValueTask<Acks<EventValue>> EmitWithAckAsync(
        this BroadcastOperator<IUntypedEvents> target,
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        target.Sender.EmitWithAckAsync(
            target.Target,
            UntypedPacket.ForSockets(eventName, arguments),
            UntypedPacket.ReadAck,
            RequestTimeout.Checked(timeout),
            cancellationToken);

    /// <summary>
    /// As <see cref="EmitWithAckAsync"/>, but yields the acks as they arrive. The event is sent when the enumeration begins.
    /// </summary>
    /// <param name="target">The sockets to send to.</param>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the event is sent.</param>
    /// <param name="timeout">How long to wait for acks. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public static AckStream<EventValue> StreamAcks(
        this BroadcastOperator<IUntypedEvents> target,
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        TimeSpan? timeout = null) =>
        target.Sender.StreamAcks(
            target.Target, UntypedPacket.ForSockets(eventName, arguments), UntypedPacket.ReadAck, RequestTimeout.Checked(timeout));

    /// <summary>Sends an event without waiting for PostgreSQL.</summary>
    /// <returns>
    /// <see langword="false"/> if the publish queue is full: the event is delivered to sockets of this process only, and counted as
    /// dropped. Also <see langword="false"/> if the bus was stopped: then no socket has the event.
    /// </returns>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public static bool Post(
        this BroadcastOperator<IUntypedEvents> target, string eventName, ReadOnlyMemory<EventValue> arguments = default) =>
        target.Post.Post(UntypedPacket.ForSockets(eventName, arguments));

    /// <inheritdoc cref="Post(BroadcastOperator{IUntypedEvents}, string, ReadOnlyMemory{EventValue})"/>
    public static bool Post(
        this PublisherOperator<IUntypedEvents> target, string eventName, ReadOnlyMemory<EventValue> arguments = default) =>
        target.Post.Post(UntypedPacket.ForSockets(eventName, arguments));

    /// <summary>
    /// Makes the sockets join rooms, on every node; completes when PostgreSQL has committed it. Every event emitted on this node afterwards
    /// reaches them there.
    /// </summary>
    /// <remarks>
    /// Sockets of this process join at once. With <see cref="BroadcastOperator{TContract}.Local"/> no others join. Sockets of other .NET
    /// nodes join only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.
    /// </remarks>
    /// <param name="target">The sockets.</param>
    /// <param name="rooms">The rooms to join.</param>
    /// <param name="cancellationToken">
    /// Withdraws the request to the other nodes if it is not being published yet; otherwise ends only the wait.
    /// </param>
    /// <exception cref="ArgumentException">The list of rooms is empty.</exception>
    /// <exception cref="EventNotSentException">No socket of another node joins.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may join.</exception>
    public static ValueTask SocketsJoinAsync(
        this BroadcastOperator<IUntypedEvents> target, IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        target.Sender.SocketsJoinAsync(target.Target, RoomSet.Named(rooms), cancellationToken);

    /// <inheritdoc cref="SocketsJoinAsync(BroadcastOperator{IUntypedEvents}, IReadOnlyList{string}, CancellationToken)"/>
    public static ValueTask SocketsJoinAsync(
        this PublisherOperator<IUntypedEvents> target, IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        target.Sender.SocketsJoinAsync(target.Target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Makes the sockets leave rooms, on every node; completes when PostgreSQL has committed it.</summary>
    /// <remarks>It has an effect on sockets of other .NET nodes only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.</remarks>
    /// <param name="target">The sockets.</param>
    /// <param name="rooms">The rooms to leave. A socket never leaves the room of its own id.</param>
    /// <param name="cancellationToken">
    /// Withdraws the request to the other nodes if it is not being published yet; otherwise ends only the wait.
    /// </param>
    /// <exception cref="ArgumentException">The list of rooms is empty.</exception>
    /// <exception cref="EventNotSentException">No socket of another node leaves.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may leave.</exception>
    public static ValueTask SocketsLeaveAsync(
        this BroadcastOperator<IUntypedEvents> target, IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        target.Sender.SocketsLeaveAsync(target.Target, RoomSet.Named(rooms), cancellationToken);

    /// <inheritdoc cref="SocketsLeaveAsync(BroadcastOperator{IUntypedEvents}, IReadOnlyList{string}, CancellationToken)"/>
    public static ValueTask SocketsLeaveAsync(
        this PublisherOperator<IUntypedEvents> target, IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        target.Sender.SocketsLeaveAsync(target.Target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>
    /// Disconnects the sockets, on every node; completes when PostgreSQL has committed it. A socket handles its queued events before it
    /// ends.
    /// </summary>
    /// <remarks>It has an effect on sockets of other .NET nodes only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.</remarks>
    /// <param name="target">The sockets.</param>
    /// <param name="close">Whether Socket.IO servers close their clients' connections as well. Sockets of .NET nodes have none.</param>
    /// <param name="cancellationToken">
    /// Withdraws the request to the other nodes if it is not being published yet; otherwise ends only the wait.
    /// </param>
    /// <exception cref="EventNotSentException">No socket of another node is disconnected.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may be disconnected.</exception>
    public static ValueTask DisconnectSocketsAsync(
        this BroadcastOperator<IUntypedEvents> target, bool close = false, CancellationToken cancellationToken = default) =>
        target.Sender.DisconnectSocketsAsync(target.Target, close, cancellationToken);

    /// <inheritdoc cref="DisconnectSocketsAsync(BroadcastOperator{IUntypedEvents}, bool, CancellationToken)"/>
    public static ValueTask DisconnectSocketsAsync(
        this PublisherOperator<IUntypedEvents> target, bool close = false, CancellationToken cancellationToken = default) =>
        target.Sender.DisconnectSocketsAsync(target.Target, close, cancellationToken);

    /// <summary>Fetches the sockets of every known node. The result names the nodes that did not respond in time, or left.</summary>
    /// <remarks>
    /// The call first waits until this node is a member of the namespace. With <see cref="BroadcastOperator{TContract}.Local"/> no other
    /// node is asked.
    /// </remarks>
    /// <param name="target">The sockets.</param>
    /// <param name="timeout">How long to wait for the other nodes. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="EventNotSentException">The request did not reach the other nodes.</exception>
    /// <exception cref="EventOutcomeUnknownException">The request may not have reached the other nodes.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public static ValueTask<FetchedSockets> FetchSocketsAsync(
        this BroadcastOperator<IUntypedEvents> target, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        target.Sender.FetchSocketsAsync(target.Target, RequestTimeout.Checked(timeout), cancellationToken);
}

/// <summary>The packet of an event by name.</summary>
internal readonly struct UntypedPacket : IPacket
{
    private readonly ReadOnlyMemory<EventValue> _arguments;

    private UntypedPacket(string eventName, ReadOnlyMemory<EventValue> arguments)
    {
        EventName = Encoding.UTF8.GetBytes(eventName);
        _arguments = arguments;
    }

    public byte[] EventName { get; }

    public Type? Contract => null;

    public JournalMark Journal => default;

    public EventLabels Labels
    {
        get
        {
            var name = Encoding.UTF8.GetString(EventName);
            return new EventLabels(contract: null, name, MeasuredNames.Sent.Admits(name));
        }
    }

    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public static UntypedPacket ForSockets(string eventName, ReadOnlyMemory<EventValue> arguments)
    {
        ReservedEventNames.ThrowIfForbidden(eventName);
        return new UntypedPacket(eventName, arguments);
    }

    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public static UntypedPacket ForNodes(string eventName, ReadOnlyMemory<EventValue> arguments)
    {
        ReservedEventNames.ThrowIfForbiddenServerSide(eventName);
        return new UntypedPacket(eventName, arguments);
    }

    public static EventValue ReadAck(EncodedValue ack) => ack.ReadValue();

    public IReadOnlyList<object?> GetArguments() => Array.ConvertAll<EventValue, object?>(_arguments.ToArray(), static value => value);

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(1 + _arguments.Length);
        writer.WriteUtf8(EventName);
        foreach (ref readonly var argument in _arguments.Span)
            default(EventValueFormatter).Write(ref writer, in argument);
        writer.EndArray();
    }
}
