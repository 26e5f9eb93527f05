namespace EventBus;

/// <summary>"To these rooms, except those, with these flags": sends the events of one contract. An immutable value; generated extension methods send.</summary>
/// <remarks>Thread-safe. Rooms add up: an event goes to every socket in at least one of them, once. Without a room it goes to every socket of the bus namespace.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct BroadcastOperator<TContract> : ISocketTarget<TContract>, IAckTarget<TContract>
    where TContract : class
{
    internal BroadcastOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    BroadcastTarget IEventTarget<TContract>.Target => Target;

    BroadcastTarget IAckTarget<TContract>.Target => Target;

    TimeSpan? IAckTarget<TContract>.Timeout => null;

    /// <summary>Does not leave this process.</summary>
    public BroadcastOperator<TContract> Local => new(Target.Local());

    /// <summary>May be dropped by a Socket.IO server whose client is not ready to take it.</summary>
    public BroadcastOperator<TContract> Volatile => new(Target.Volatile());

    /// <summary>Sends without waiting for PostgreSQL: bounded, counted, and <see langword="false"/> where there is no place.</summary>
    public PostOperator<TContract> Post => new(Target);

    /// <summary>Yields the answers of an event that is answered one after another, as they come: for <c>await foreach</c>.</summary>
    public AckStreamOperator<TContract> Stream => new(Target, timeout: null);

    /// <summary>Adds a room.</summary>
    public BroadcastOperator<TContract> To(string room) => new(Target.To(room));

    /// <summary>Adds rooms: one at least.</summary>
    /// <exception cref="ArgumentException">No room is named: an event to no room would go to everyone.</exception>
    public BroadcastOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <summary>Leaves out the sockets in a room.</summary>
    public BroadcastOperator<TContract> Except(string room) => new(Target.Except(room));

    /// <summary>Leaves out the sockets in any of these rooms.</summary>
    public BroadcastOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <summary>Tells Socket.IO servers whether to compress the event for their clients.</summary>
    public BroadcastOperator<TContract> Compress(bool compress) => new(Target.Compress(compress));

    /// <summary>Waits for the sockets' answers for so long instead of <see cref="EventBusOptions.RequestsTimeout"/>. What follows is an event that is answered.</summary>
    /// <param name="timeout">How long: longer than zero, at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public AckOperator<TContract> WithTimeout(TimeSpan timeout) => new(Target, RequestTime.Checked(timeout));
}
