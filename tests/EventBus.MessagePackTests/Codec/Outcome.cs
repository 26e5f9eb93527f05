using MessagePack;

namespace EventBus.MessagePackTests.Codec;

/// <summary>The result of reading some bytes: a value, or a documented exception.</summary>
internal sealed record Outcome(EventValue? Value, Exception? Error)
{
    public static Outcome OfEventBus(byte[] bytes)
    {
        try
        {
            return new(EventBusCodec.Read(bytes), Error: null);
        }
        catch (EventSerializationException exception)
        {
            return new(Value: null, exception);
        }
    }

    public static Outcome OfReader(byte[] bytes)
    {
        try
        {
            return new(Oracle.Read(bytes), Error: null);
        }
        catch (Exception exception) when (IsDocumented(exception))
        {
            return new(Value: null, exception);
        }
    }

    /// <summary>Whether MessagePack-CSharp throws such an exception for bytes that it cannot read.</summary>
    public static bool IsDocumented(Exception exception) => exception is MessagePackSerializationException or EndOfStreamException
        or OverflowException or ArgumentException or InsufficientExecutionStackException;

    /// <summary>The type of the exception, and of the one in it. The message only if it is EventBus's own.</summary>
    public static string Text(Exception exception) => exception is EventSerializationException
        ? $"error: {exception.Message}"
        : $"error: {exception.GetType().Name}{(exception.InnerException is { } inner ? $" of {inner.GetType().Name}" : "")}";

    public override string ToString() => Value?.ToString() ?? Text(Error!);
}
