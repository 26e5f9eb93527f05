using EventBus.CompilerServices;

namespace EventBus.Rooms;

/// <summary>A handler of a contract's events.</summary>
/// <param name="handler">The application's.</param>
/// <param name="stop">Cancelled when the bus stops: a handler may ask for it.</param>
internal sealed class ContractHandler<TContract>(TContract handler, CancellationToken stop) : SocketHandler(ContractDecoder<TContract>.Shared)
    where TContract : class
{
    public override bool IsStopping => stop.IsCancellationRequested;

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack) => ((EventInvocation<TContract>)decoded).InvokeAsync(handler, ack, stop);
}
