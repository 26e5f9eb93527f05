using Npgsql;

namespace EventBus;

/// <summary>"To these rooms, except those, with these flags": sends events by name, with arguments of any JSON value, binary or timestamp. An immutable value.</summary>
/// <remarks>Thread-safe. The typed counterpart is <see cref="BroadcastOperator{TContract}"/>; both share one order.</remarks>
public readonly struct BroadcastOperator
{
    internal BroadcastOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Local"/>
    public BroadcastOperator Local => new(Target.Local());

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public BroadcastOperator Volatile => new(Target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public BroadcastOperator To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public BroadcastOperator To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public BroadcastOperator Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public BroadcastOperator Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public BroadcastOperator Compress(bool compress) => new(Target.Compress(compress));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    /// <exception cref="InvalidOperationException">The operator is <see cref="Local"/>.</exception>
    public TransactionOperator Within(NpgsqlTransaction transaction) => new(Target.Within(transaction));

    /// <summary>Sends an event; completes when PostgreSQL has committed it. Local receivers have it before.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Before take-off: withdraws the event. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public ValueTask EmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Target.Broadcaster.EmitAsync(Target, eventName, arguments, cancellationToken);

    /// <summary>Sends an event without waiting for PostgreSQL.</summary>
    /// <returns><see langword="false"/> where the publish queue is full or closed: the event was delivered to local receivers only, and counted as dropped.</returns>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public bool Post(string eventName, ReadOnlyMemory<EventValue> arguments = default) =>
        Target.Broadcaster.Post(Target, eventName, arguments);
}
