using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>How one event of a contract is told by its name, decoded and handed to a handler. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventBinding<TContract>
    where TContract : class
{
    private protected EventBinding()
    {
    }

    /// <summary>The event's name on the wire, in UTF-8.</summary>
    internal abstract ReadOnlyMemory<byte> Name { get; }

    /// <summary>How many bytes the event takes.</summary>
    internal abstract EventSize Size { get; }

    /// <summary>Binds a generated event that has no answer.</summary>
    public static EventBinding<TContract> Of<TEvent>()
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => new OneWay<TEvent>();

    /// <summary>Binds a generated event that is answered.</summary>
    public static EventBinding<TContract> Of<TEvent, TAnswer>()
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
        => new Acknowledged<TEvent, TAnswer>();

    /// <summary>Decodes a packet's data, <c>[name, ...arguments]</c>, into something that can be handed to any number of handlers.</summary>
    /// <exception cref="EventSerializationException">The arguments are not this event's; the error names the event and the way to the value.</exception>
    internal abstract EventInvocation<TContract> Decode(EncodedValue packetData, in EventOrigin origin);

    private abstract class Binding<TEvent> : EventBinding<TContract>
        where TEvent : struct, IEvent<TContract, TEvent>
    {
        internal override ReadOnlyMemory<byte> Name { get; } = TEvent.Name.ToArray();

        internal override EventSize Size => TEvent.Size;

        internal override EventInvocation<TContract> Decode(EncodedValue packetData, in EventOrigin origin)
        {
            try
            {
                var value = Read(packetData);
                return Invocation(TEvent.TakesContext ? TEvent.WithContext(in value, origin.Describe()) : value);
            }
            catch (EventSerializationException exception)
            {
                throw EventReadError.Of(TEvent.Name, packetData, exception);
            }
        }

        protected abstract EventInvocation<TContract> Invocation(in TEvent value);

        private static TEvent Read(EncodedValue packetData)
        {
            if (packetData.Encoding == ValueEncoding.Json)
            {
                var json = new JsonValueReader(packetData.Bytes.Span);
                return Read(ref json);
            }

            var messagePack = new MessagePackValueReader(packetData.Bytes.Span);
            return Read(ref messagePack);
        }

        private static TEvent Read<TReader>(ref TReader reader)
            where TReader : IValueReader, allows ref struct
        {
            var cursor = reader.BeginArray();
            if (!reader.MoveNext(ref cursor))
                throw new EventSerializationException("The packet has no event name.", reader.Position);
            reader.Skip();
            return TEvent.ReadArguments(ref reader, ref cursor);
        }
    }

    private sealed class OneWay<TEvent> : Binding<TEvent>
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
    {
        protected override EventInvocation<TContract> Invocation(in TEvent value) => new OneWayInvocation<TContract, TEvent>(value);
    }

    private sealed class Acknowledged<TEvent, TAnswer> : Binding<TEvent>
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
    {
        protected override EventInvocation<TContract> Invocation(in TEvent value) => new AcknowledgedInvocation<TContract, TEvent, TAnswer>(value);
    }
}
