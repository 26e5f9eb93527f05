using System.Text;
using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>
/// Decodes a packet for handlers of one kind. All handlers of a contract share a decoder, as do all untyped handlers, so that a packet is
/// decoded once for all of them.
/// </summary>
internal abstract class EventDecoder
{
    /// <summary>Whether handlers of this kind have such an event.</summary>
    public abstract bool Knows(ReadOnlySpan<byte> eventName);

    /// <summary>Decodes the packet; null if handlers of this kind have no such event.</summary>
    /// <exception cref="EventSerializationException">The arguments do not match the event.</exception>
    public abstract object? Decode(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin);
}

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
            if (field is { } shared)
                return shared;
            Interlocked.CompareExchange(ref field, new ContractDecoder<TContract>(), null);
            return field;
        }
    }

    public override bool Knows(ReadOnlySpan<byte> eventName) => _contract.Find(eventName) is not null;

    public override object? Decode(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin) =>
        _contract.Find(eventName)?.Decode(packetData, in origin);
}

/// <summary>Decodes every event into its name and its arguments as values.</summary>
internal sealed class UntypedDecoder : EventDecoder
{
    private UntypedDecoder()
    {
    }

    public static UntypedDecoder Shared { get; } = new();

    public override bool Knows(ReadOnlySpan<byte> eventName) => true;

    public override object Decode(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin)
    {
        if (packetData.Encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(packetData.Bytes.Span);
            return new UntypedEvent(Encoding.UTF8.GetString(eventName), ReadArguments(ref json));
        }

        var messagePack = new MessagePackValueReader(packetData.Bytes.Span);
        return new UntypedEvent(Encoding.UTF8.GetString(eventName), ReadArguments(ref messagePack));
    }

    private static List<EventValue> ReadArguments<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var left = SerializationLimits.MaxValues;
        var arguments = new List<EventValue>();
        var cursor = reader.BeginArray();
        if (reader.MoveNext(ref cursor))
            reader.Skip(); // the event's name
        while (!cursor.Ended && reader.MoveNext(ref cursor))
            arguments.Add(EventValueFormatter.Read(ref reader, ref left));
        return arguments;
    }
}

/// <summary>A received event for handlers without a contract.</summary>
internal sealed record UntypedEvent(string Name, IReadOnlyList<EventValue> Arguments);
