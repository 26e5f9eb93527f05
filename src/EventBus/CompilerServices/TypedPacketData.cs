using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The data of a packet with a contract's event: <c>[name, ...arguments]</c>.</summary>
internal readonly struct TypedPacketData<TContract, TEvent>(TEvent value) : IWritable
    where TContract : class
    where TEvent : struct, IEvent<TContract, TEvent>
{
    private readonly TEvent _value = value;

    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(1 + TEvent.ArgumentCount);
        writer.WriteUtf8(TEvent.Name);
        TEvent.WriteArguments(ref writer, in _value);
        writer.EndArray();
    }
}
