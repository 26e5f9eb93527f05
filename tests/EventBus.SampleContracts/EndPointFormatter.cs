using System.Net;
using EventBus.Serialization;

[assembly: EventBus.Formatter(typeof(IPEndPoint), typeof(EventBus.SampleContracts.EndPointFormatter))]

namespace EventBus.SampleContracts;

/// <summary>Writes <c>"10.0.0.1:80"</c>. The assembly sets it for a type of the framework.</summary>
internal readonly struct EndPointFormatter : IFormatter<IPEndPoint>
{
    public void Write<TWriter>(ref TWriter writer, in IPEndPoint value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(value.ToString());

    public IPEndPoint Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return IPEndPoint.TryParse(reader.ReadString(), out var endPoint)
            ? endPoint
            : throw new EventSerializationException("The text is not an address with a port.", position);
    }
}
