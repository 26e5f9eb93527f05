using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The answer to a contract's event.</summary>
internal readonly struct TypedAnswer<TContract, TEvent, TAnswer>(TAnswer answer) : IWritable
    where TContract : class
    where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
{
    private readonly TAnswer _answer = answer;

    /// <exception cref="EventSerializationException">It is no answer to this event; the message names the event.</exception>
    public static TAnswer Read(EncodedValue encoded)
    {
        try
        {
            if (encoded.Encoding == ValueEncoding.Json)
            {
                var json = new JsonValueReader(encoded.Bytes.Span);
                return TEvent.ReadAnswer(ref json);
            }

            var messagePack = new MessagePackValueReader(encoded.Bytes.Span);
            return TEvent.ReadAnswer(ref messagePack);
        }
        catch (EventSerializationException exception)
        {
            throw new EventSerializationException(
                $"The answer to '{Encoding.UTF8.GetString(TEvent.Name)}' cannot be read: {exception.Message}", exception.Position, exception);
        }
    }

    /// <exception cref="EventSerializationException">It cannot be written; in MessagePack, which everything that JSON fails at is written in next, the error names the event and the way to the value.</exception>
    public void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        try
        {
            TEvent.WriteAnswer(ref writer, in _answer);
        }
        catch (EventSerializationException exception) when (typeof(TWriter) != typeof(JsonValueWriter))
        {
            throw EventWriteError.Of(in this, exception);
        }
    }
}
