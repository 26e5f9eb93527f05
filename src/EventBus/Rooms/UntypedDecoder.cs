using System.Text;
using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>Decodes any event into its name and its arguments as values.</summary>
internal sealed class UntypedDecoder : EventDecoder
{
    private UntypedDecoder()
    {
    }

    public static UntypedDecoder Shared { get; } = new();

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
            reader.Skip();
        while (!cursor.Ended && reader.MoveNext(ref cursor))
            arguments.Add(EventValueFormatter.Read(ref reader, ref left));
        return arguments;
    }
}
