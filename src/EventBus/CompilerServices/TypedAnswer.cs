using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The answer to a contract's event.</summary>
internal readonly struct TypedAnswer<TAnswer, TFormatter>(EventDefinition definition, TAnswer answer) : IWritable
    where TFormatter : struct, IFormatter<TAnswer>
{
    private readonly TAnswer _answer = answer;

    public EventDefinition Definition => definition;

    /// <exception cref="EventSerializationException">It is no answer to this event; the message names the event.</exception>
    public static TAnswer Read(EventDefinition definition, EncodedValue encoded)
    {
        try
        {
            if (encoded.Encoding == ValueEncoding.Json)
            {
                var json = new JsonValueReader(encoded.Bytes.Span);
                return TFormatter.Read(ref json);
            }

            var messagePack = new MessagePackValueReader(encoded.Bytes.Span);
            return TFormatter.Read(ref messagePack);
        }
        catch (EventSerializationException exception)
        {
            throw new EventSerializationException(
                $"The answer to '{Encoding.UTF8.GetString(definition.Name)}' cannot be read: {exception.Message}", exception.Position, exception);
        }
    }

    /// <exception cref="EventSerializationException">It cannot be written; in MessagePack, which everything that JSON fails at is written in next, the error names the event and the way to the value.</exception>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        try
        {
            TFormatter.Write(ref writer, in _answer);
        }
        catch (EventSerializationException exception) when (typeof(TWriter) != typeof(JsonValueWriter))
        {
            throw EventWriteError.Of(in this, exception);
        }
    }
}
