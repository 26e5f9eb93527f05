using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.IntegrationTests.Transport;

/// <summary>An event <c>["event", number, padding]</c>.</summary>
internal readonly struct TestEvent(long number, int padding = 0) : IWritable
{
    /// <summary>Long enough to be attached.</summary>
    public const int Large = 9000;

    private readonly long _number = number;
    private readonly int _padding = padding;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(3);
        writer.WriteUtf8("event"u8);
        writer.WriteInteger(_number);
        writer.WriteString(new string('é', _padding / 2));
        writer.EndArray();
    }

    /// <summary>Reads the number of a received event.</summary>
    public static long NumberOf(ClusterMessage message)
    {
        var bytes = message.PacketData.Bytes.Span;
        if (message.PacketData.Encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(bytes);
            return Second(ref json);
        }

        var messagePack = new MessagePackValueReader(bytes);
        return Second(ref messagePack);
    }

    private static long Second<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginArray();
        reader.MoveNext(ref cursor);
        reader.Skip();
        reader.MoveNext(ref cursor);
        return reader.ReadInt64();
    }
}
