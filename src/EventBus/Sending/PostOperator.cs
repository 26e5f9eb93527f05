namespace EventBus;

/// <summary>Sends the one-way events of one contract without waiting. An immutable value; generated extension methods send.</summary>
/// <remarks>
/// Thread-safe. If the publish queue is full, the sender returns <see langword="false"/>: sockets of this process have the event, and for
/// all others it is dropped and counted. After the bus was stopped it returns <see langword="false"/> too, and no socket has the event.
/// Posted and awaited events of one publisher keep the order in which they were started.
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct PostOperator<TContract>
    where TContract : class
{
    private readonly IEventSender? _sender;
    private readonly BroadcastTarget _target;

    internal PostOperator(IEventSender? sender, in BroadcastTarget target)
    {
        _sender = sender;
        _target = target;
    }

    internal bool Post<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => _sender.OrThrow().Post(_target, in packet);
}
