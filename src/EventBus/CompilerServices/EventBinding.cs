using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>How one event of a contract is told by its name, decoded and handed to a handler. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventBinding<TContract> : EventDefinition
    where TContract : class
{
    private protected EventBinding(string name, string parameters, EventSize size)
        : base(name, parameters, size)
    {
    }

    /// <summary>Decodes a packet's data, <c>[name, ...arguments]</c>, into something that can be handed to any number of handlers.</summary>
    /// <exception cref="EventSerializationException">The arguments are not this event's; the error names the event and the way to the value.</exception>
    internal abstract EventInvocation<TContract> Decode(EncodedValue packetData, in EventOrigin origin);
}
