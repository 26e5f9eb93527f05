using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The formatter of an event without arguments. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NoArguments : IItemsFormatter<ValueTuple>
{
    int IItemsFormatter<ValueTuple>.Count => 0;

    void IItemsFormatter<ValueTuple>.WriteItems<TWriter>(ref TWriter writer, in ValueTuple items)
    {
    }

    ValueTuple IItemsFormatter<ValueTuple>.ReadItems<TReader, TItems>(ref TReader reader, ref TItems items, in ValueTuple defaults) =>
        default;
}

/// <summary>The formatter of an event with one argument, which needs no tuple. For generated code.</summary>
/// <typeparam name="T">The type of the argument.</typeparam>
/// <typeparam name="TFormatter">The formatter of the argument.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OneArgument<T, TFormatter> : IItemsFormatter<T>
    where TFormatter : struct, IFormatter<T>
{
    int IItemsFormatter<T>.Count => 1;

    void IItemsFormatter<T>.WriteItems<TWriter>(ref TWriter writer, in T items) => default(TFormatter).Write(ref writer, in items);

    T IItemsFormatter<T>.ReadItems<TReader, TItems>(ref TReader reader, ref TItems items, in T defaults) =>
        items.Read<TReader, T, TFormatter>(ref reader, in defaults);
}

/// <summary>Reads an event's arguments by position from the data of its packet. Values after the last argument are ignored.</summary>
internal struct ArgumentReader(EventDefinition definition) : IItemReader
{
    private ValueCursor _cursor;
    private int _read;

    /// <summary>The parameter whose argument was read last, or could not be read; null before the first.</summary>
    public readonly string? Parameter => _read == 0 ? null : definition.Parameters[_read - 1].Name;

    /// <summary>Enters the array of the packet, and skips the event's name.</summary>
    public void Begin<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        _cursor = reader.BeginArray();
        if (!reader.MoveNext(ref _cursor))
            throw new EventSerializationException("The packet has no event name.", reader.Position);
        reader.Skip();
    }

    /// <summary>
    /// Reads the next argument. An optional one has its default if there is no argument, or null although null is no value of its type.
    /// </summary>
    /// <exception cref="EventSerializationException">A mandatory argument is missing, or an argument is of another type.</exception>
    public T Read<TReader, T, TFormatter>(ref TReader reader, in T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
    {
        var parameter = definition.Parameters[_read++];
        var position = reader.Position;

        // MoveNext must not be called again at the end of a JSON array, and optional parameters come back here.
        if (!_cursor.Ended && reader.MoveNext(ref _cursor))
            return parameter.IsNullDefault && reader.TryReadNull() ? defaultValue : default(TFormatter).Read(ref reader);
        return parameter.IsOptional ? defaultValue : throw Missing(parameter.Name, position);
    }

    private static EventSerializationException Missing(string parameter, int position) =>
        new($"The argument '{parameter}' is missing.", position) { IsMissingArgument = true };
}
