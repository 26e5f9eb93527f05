using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Creates the error for arguments that cannot be read: it names the event, the parameter and the path to the value.</summary>
internal static class EventReadError
{
    /// <param name="definition">The event.</param>
    /// <param name="argument">The parameter whose argument was being read; null if none was.</param>
    /// <param name="packetData">The packet's data, in which the error's position is.</param>
    /// <param name="error">The error of the formatters.</param>
    public static EventSerializationException Of(
        EventDefinition definition, string? argument, EncodedValue packetData, EventSerializationException error)
    {
        var name = Encoding.UTF8.GetString(definition.Name);
        var path = Path(argument, packetData, error);
        var message = path is null
            ? $"The event '{name}' cannot be read: {error.Message}"
            : $"The event '{name}' cannot be read at '{path}': {error.Message}";
        return new EventSerializationException(message, error.Position, error) { EventName = name, Path = path };
    }

    private static string? Path(string? argument, EncodedValue packetData, EventSerializationException error)
    {
        if (argument is null || error.IsMissingArgument)
            return argument;
        var path = argument + ValuePath.WithinItem(packetData, error.Position);
        return error.Member is { } member ? $"{path}.{member}" : path;
    }
}

/// <summary>
/// Creates the error for an event or an ack that cannot be written: it names the event, the parameter and the path to the value. To find
/// the path, the value is written again as JSON until it fails. A number that only JSON has a form for fails then only if nothing else
/// does.
/// </summary>
internal static class EventWriteError
{
    public static EventSerializationException Of<TArguments, TFormatter>(
        in TypedPacket<TArguments, TFormatter> packetData, EventSerializationException error)
        where TFormatter : struct, IItemsFormatter<TArguments>
    {
        var name = Encoding.UTF8.GetString(packetData.Definition.Name);
        using var written = WriteAgain(in packetData, isItem: false, ref error);
        return Error($"The event '{name}'", name, error.IsOfLength ? null : Path(packetData.Definition, written), error);

        static string? Path(EventDefinition definition, PooledBuffer written)
        {
            var way = WritePath.WithinItem(written.WrittenSpan, out var item);
            return item > 0 ? definition.Parameters[item - 1].Name + way : null; // Item 0 is the event's name.
        }
    }

    public static EventSerializationException Of<TAck, TFormatter>(in TypedAck<TAck, TFormatter> ack, EventSerializationException error)
        where TFormatter : struct, IFormatter<TAck>
    {
        var name = Encoding.UTF8.GetString(ack.Definition.Name);
        using var written = WriteAgain(in ack, isItem: true, ref error);
        var path = error.IsOfLength ? null : $"ack{WritePath.WithinItem(written.WrittenSpan, out _)}";
        return Error($"The ack of '{name}'", name, path, error);
    }

    // The bytes that are written until the error show the path. An error that JSON has as well replaces one of attaching: the event cannot
    // be written, however small it is.
    private static PooledBuffer WriteAgain<TValue>(in TValue value, bool isItem, ref EventSerializationException error)
        where TValue : struct, IWritable
    {
        var buffer = new PooledBuffer();
        if (error.IsOfLength)
            return buffer;
        if (TryWrite(in value, isItem, buffer, rejectsInlineNumbers: false) is { IsOfLength: false } other)
        {
            error = error.IsOfAttaching ? other : error;
            return buffer;
        }

        buffer.Dispose();
        buffer = new PooledBuffer();
        TryWrite(in value, isItem, buffer, rejectsInlineNumbers: true);
        return buffer;
    }

    private static EventSerializationException? TryWrite<TValue>(
        in TValue value, bool isItem, PooledBuffer buffer, bool rejectsInlineNumbers)
        where TValue : struct, IWritable
    {
        var writer = new JsonValueWriter(buffer) { RejectsInlineNumbers = rejectsInlineNumbers };
        if (isItem)
            writer.BeginArray(1);
        try
        {
            value.WriteTo(ref writer);
            return null;
        }
        catch (EventSerializationException exception)
        {
            return exception;
        }
    }

    private static EventSerializationException Error(string subject, string name, string? path, EventSerializationException error)
    {
        var place = path is null ? "" : $" at '{path}'";
        return new($"{subject} cannot be written{place}: {error.Message}", innerException: error) { EventName = name, Path = path };
    }
}
