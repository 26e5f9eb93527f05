using Npgsql;

namespace EventBus;

/// <summary>"To these rooms, except those, with these flags", of a publisher that joins nothing, or of many namespaces at once: it sends, and hears no answers. An immutable value.</summary>
/// <remarks>Thread-safe. A node's counterpart is <see cref="BroadcastOperator"/>, which can ask as well.</remarks>
public readonly struct PublisherOperator
{
    internal PublisherOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public PublisherOperator Volatile => new(Target.Volatile());

    private ISocketBroadcaster Broadcaster => (ISocketBroadcaster)Target.Broadcaster;

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public PublisherOperator To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public PublisherOperator To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public PublisherOperator Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public PublisherOperator Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public PublisherOperator Compress(bool compress) => new(Target.Compress(compress));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    public TransactionOperator Within(NpgsqlTransaction transaction) => new(Target.Within(transaction));

    /// <inheritdoc cref="BroadcastOperator.EmitAsync"/>
    public ValueTask EmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Broadcaster.EmitAsync(Target, eventName, arguments, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.Post"/>
    public bool Post(string eventName, ReadOnlyMemory<EventValue> arguments = default) => Broadcaster.Post(Target, eventName, arguments);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync"/>
    public ValueTask SocketsJoinAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Broadcaster.SocketsJoinAsync(Target, RoomSet.Named(rooms), cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync"/>
    public ValueTask SocketsLeaveAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Broadcaster.SocketsLeaveAsync(Target, RoomSet.Named(rooms), cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.DisconnectSocketsAsync"/>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Broadcaster.DisconnectSocketsAsync(Target, close, cancellationToken);
}
