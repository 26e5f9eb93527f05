using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Reads an event's arguments by position. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArgumentReader
{
    /// <summary>Reads the next argument, which must be there.</summary>
    /// <exception cref="EventSerializationException">There is no further argument, or it is of another type.</exception>
    public static T Required<TReader, T, TFormatter>(ref TReader reader, ref ValueCursor arguments, string parameter)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
    {
        var position = reader.Position;
        return MoveNext(ref reader, ref arguments)
            ? Read<TReader, T, TFormatter>(ref reader, parameter)
            : throw new EventSerializationException($"The argument '{parameter}' is missing.", position) { Argument = parameter, IsMissingArgument = true };
    }

    /// <summary>Reads the next argument, or takes the parameter's default where the sender knew no such parameter. Null is a value.</summary>
    /// <exception cref="EventSerializationException">The argument is of another type.</exception>
    public static T Optional<TReader, T, TFormatter>(ref TReader reader, ref ValueCursor arguments, string parameter, T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
        => MoveNext(ref reader, ref arguments) ? Read<TReader, T, TFormatter>(ref reader, parameter) : defaultValue;

    /// <summary>Reads the next argument, or takes the parameter's default where the sender knew no such parameter, or said null (which JavaScript's undefined becomes).</summary>
    /// <exception cref="EventSerializationException">The argument is of another type.</exception>
    public static T OptionalNotNull<TReader, T, TFormatter>(ref TReader reader, ref ValueCursor arguments, string parameter, T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
        => MoveNext(ref reader, ref arguments) && !reader.TryReadNull() ? Read<TReader, T, TFormatter>(ref reader, parameter) : defaultValue;

    // A cursor that has found the end of JSON must not be asked again, and optional parameters do ask again.
    private static bool MoveNext<TReader>(ref TReader reader, ref ValueCursor arguments)
        where TReader : IValueReader, allows ref struct
        => !arguments.Ended && reader.MoveNext(ref arguments);

    private static T Read<TReader, T, TFormatter>(ref TReader reader, string parameter)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
    {
        try
        {
            return TFormatter.Read(ref reader);
        }
        catch (EventSerializationException exception)
        {
            exception.Argument = parameter;
            throw;
        }
    }
}
