using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The data of a packet with a contract's event: <c>[name, ...arguments]</c>.</summary>
internal readonly struct TypedPacketData<TArguments>(EventDefinition definition, TArguments arguments) : IWritable
    where TArguments : struct, IArguments<TArguments>
{
    private readonly TArguments _arguments = arguments;

    public EventDefinition Definition => definition;

    /// <exception cref="EventSerializationException">It cannot be written; in MessagePack, which everything that JSON fails at is written in next, the error names the event and the way to the value.</exception>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        try
        {
            Write(ref writer);
        }
        catch (EventSerializationException exception) when (typeof(TWriter) != typeof(JsonValueWriter))
        {
            throw EventWriteError.Of(in this, exception);
        }
    }

    private void Write<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(1 + TArguments.Count);
        writer.WriteUtf8(definition.Name);
        TArguments.Write(ref writer, in _arguments);
        writer.EndArray();
    }
}
