using EventBus.Serialization;

namespace EventBus.Namespaces;

/// <summary>The data of a packet with an event by name: <c>[name, ...arguments]</c>.</summary>
internal readonly struct UntypedPacketData(string eventName, ReadOnlyMemory<EventValue> arguments) : IWritable
{
    private readonly string _eventName = eventName;
    private readonly ReadOnlyMemory<EventValue> _arguments = arguments;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(1 + _arguments.Length);
        writer.WriteString(_eventName);
        foreach (ref readonly var argument in _arguments.Span)
            EventValueFormatter.Write(ref writer, in argument);
        writer.EndArray();
    }
}
