using System.Text;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The packet of a contract's event.</summary>
internal readonly struct TypedPacket<TArguments, TFormatter>(EventDefinition definition, TArguments arguments) : IPacket
    where TFormatter : struct, IItemsFormatter<TArguments>
{
    private readonly TArguments _arguments = arguments;

    public EventDefinition Definition => definition;

    public byte[] EventName => definition.Name;

    public Type? Contract => definition.Contract;

    public JournalMark Journal => definition.IsJournaled ? definition.Mark(in _arguments) : default;

    public EventLabels Labels => definition.Labels;

    public IReadOnlyList<object?> GetArguments() => ArgumentList.Of(in _arguments, definition.Parameters.Length);

    /// <exception cref="EventSerializationException">
    /// The event cannot be written. If JSON fails, MessagePack is tried next, unless there is too much binary. The error names the event
    /// and the path to the value.
    /// </exception>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        try
        {
            Write(ref writer);
        }
        catch (EventSerializationException exception) when (typeof(TWriter) != typeof(JsonValueWriter) || exception.IsOfBinary)
        {
            throw EventWriteError.Of(in this, exception);
        }
    }

    private void Write<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(1 + default(TFormatter).Count);
        writer.WriteUtf8(definition.Name);
        default(TFormatter).WriteItems(ref writer, in _arguments);
        writer.EndArray();
    }
}

/// <summary>The ack of a contract's event.</summary>
internal readonly struct TypedAck<TAck, TFormatter>(EventDefinition definition, TAck ack) : IWritable
    where TFormatter : struct, IFormatter<TAck>
{
    private readonly TAck _ack = ack;

    public EventDefinition Definition => definition;

    /// <exception cref="EventSerializationException">The value is no ack of this event; the message names the event.</exception>
    public static TAck Read(EventDefinition definition, EncodedValue encoded)
    {
        try
        {
            if (encoded.Encoding == ValueEncoding.Json)
            {
                var json = new JsonValueReader(encoded.Bytes.Span);
                return default(TFormatter).Read(ref json);
            }

            var messagePack = new MessagePackValueReader(encoded.Bytes.Span);
            return default(TFormatter).Read(ref messagePack);
        }
        catch (EventSerializationException exception)
        {
            var message = $"The ack of '{Encoding.UTF8.GetString(definition.Name)}' cannot be read: {exception.Message}";
            throw new EventSerializationException(message, exception.Position, exception);
        }
    }

    /// <exception cref="EventSerializationException">
    /// The ack cannot be written. If JSON fails, MessagePack is tried next, unless there is too much binary. The error names the event
    /// and the path to the value.
    /// </exception>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        try
        {
            default(TFormatter).Write(ref writer, in _ack);
        }
        catch (EventSerializationException exception) when (typeof(TWriter) != typeof(JsonValueWriter) || exception.IsOfBinary)
        {
            throw EventWriteError.Of(in this, exception);
        }
    }
}
