using System.Net;
using EventBus.Serialization;

[assembly: EventBus.Formatter(typeof(IPAddress), typeof(EventBus.SampleContracts.AddressFormatter))]

namespace EventBus.SampleContracts;

/// <summary>Writes <c>"10.0.0.1"</c>. The assembly sets it for a type of the framework.</summary>
internal readonly struct AddressFormatter : IFormatter<IPAddress>
{
    public void Write<TWriter>(ref TWriter writer, in IPAddress value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(value.ToString());

    public IPAddress Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return IPAddress.TryParse(reader.ReadString(), out var address)
            ? address
            : throw new EventSerializationException("The text is not an IP address.", position);
    }
}
