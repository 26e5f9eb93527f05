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
/// the path, the value is written again until it fails: as JSON, but without the numbers that only JSON has a form for.
/// </summary>
internal static class EventWriteError
{
    public static EventSerializationException Of<TArguments, TFormatter>(
        in TypedPacket<TArguments, TFormatter> packetData, EventSerializationException error)
        where TFormatter : struct, IItemsFormatter<TArguments>
    {
        var name = Encoding.UTF8.GetString(packetData.Definition.Name);
        return Error($"The event '{name}'", name, error.IsOfLength ? null : Path(in packetData), error);

        static string? Path(in TypedPacket<TArguments, TFormatter> packetData)
        {
            using var written = WriteAgain(in packetData, isItem: false);
            var way = WritePath.WithinItem(written.WrittenSpan, out var item);
            return item > 0 ? packetData.Definition.Parameters[item - 1].Name + way : null; // Item 0 is the event's name.
        }
    }

    public static EventSerializationException Of<TAck, TFormatter>(in TypedAck<TAck, TFormatter> ack, EventSerializationException error)
        where TFormatter : struct, IFormatter<TAck>
    {
        var name = Encoding.UTF8.GetString(ack.Definition.Name);
        return Error($"The ack of '{name}'", name, error.IsOfLength ? null : Path(in ack), error);

        static string? Path(in TypedAck<TAck, TFormatter> ack)
        {
            using var written = WriteAgain(in ack, isItem: true);
            return $"ack{WritePath.WithinItem(written.WrittenSpan, out _)}";
        }
    }

    private static PooledBuffer WriteAgain<TValue>(in TValue value, bool isItem)
        where TValue : struct, IWritable
    {
        var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer) { RejectsInlineNumbers = true };
        if (isItem)
            writer.BeginArray(1);
        try
        {
            value.WriteTo(ref writer);
        }
        catch (EventSerializationException)
        {
            // The same error as before. The bytes that were written until then show the path.
        }

        return buffer;
    }

    private static EventSerializationException Error(string subject, string name, string? path, EventSerializationException error)
    {
        var place = path is null ? "" : $" at '{path}'";
        return new($"{subject} cannot be written{place}: {error.Message}", innerException: error) { EventName = name, Path = path };
    }
}
