using EventBus.CompilerServices;

namespace EventBus.Rooms;

/// <summary>A handler of a contract's events.</summary>
internal sealed class ContractHandler<TContract>(TContract handler) : SocketHandler(ContractDecoder<TContract>.Shared)
    where TContract : class
{
    public override ValueTask InvokeAsync(object decoded, PendingAck? ack) => ((EventInvocation<TContract>)decoded).InvokeAsync(handler, ack);
}
