using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>
/// Reads an event's arguments by position, from inside the packet's data. What follows the last is ignored. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ArgumentReader
{
    private readonly EventDefinition _definition;
    private ValueCursor _cursor;
    private int _read;

    internal ArgumentReader(EventDefinition definition) => _definition = definition;

    /// <summary>The parameter whose argument was read last, or could not be; null before the first.</summary>
    internal readonly string? Parameter => _read == 0 ? null : _definition.Parameters[_read - 1].Name;

    /// <summary>
    /// Reads the next argument. Where there is none, or null that is no value of it, the default of an optional one is taken.
    /// </summary>
    /// <exception cref="EventSerializationException">
    /// There is no further argument, and it must be there; or it is of another type.
    /// </exception>
    internal T Read<TReader, T, TFormatter>(ref TReader reader, in T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
    {
        var parameter = _definition.Parameters[_read++];
        var position = reader.Position;

        // A cursor that has found the end of JSON must not be asked again, and optional parameters do ask again.
        if (!_cursor.Ended && reader.MoveNext(ref _cursor))
            return parameter.IsNullDefault && reader.TryReadNull() ? defaultValue : default(TFormatter).Read(ref reader);
        return parameter.IsOptional ? defaultValue : throw Missing(parameter.Name, position);
    }

    internal void Begin<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        _cursor = reader.BeginArray();
        if (!reader.MoveNext(ref _cursor))
            throw new EventSerializationException("The packet has no event name.", reader.Position);
        reader.Skip();
    }

    private static EventSerializationException Missing(string parameter, int position) =>
        new($"The argument '{parameter}' is missing.", position) { IsMissingArgument = true };
}
