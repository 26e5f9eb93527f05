using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>Decodes the events of one contract.</summary>
internal sealed class ContractDecoder<TContract> : EventDecoder
    where TContract : class
{
    private readonly Contract<TContract> _contract = Contract<TContract>.Required;

    private ContractDecoder()
    {
    }

    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public static ContractDecoder<TContract> Shared
    {
        get
        {
            if (field is { } made)
                return made;
            Interlocked.CompareExchange(ref field, new ContractDecoder<TContract>(), null);
            return field;
        }
    }

    public override object? Decode(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin) =>
        _contract.Find(eventName)?.Decode(packetData, in origin);
}
