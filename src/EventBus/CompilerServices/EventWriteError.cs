using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Makes of an error while an event, or an answer, is written one that names it, the parameter and the way to the value. For that it is written once more, up to where it fails.</summary>
internal static class EventWriteError
{
    public static EventSerializationException Of<TArguments>(in TypedPacketData<TArguments> packetData, EventSerializationException error)
        where TArguments : struct, IArguments<TArguments>
    {
        var name = Encoding.UTF8.GetString(packetData.Definition.Name);
        return Error($"The event '{name}'", name, error.IsOfLength ? null : Path(in packetData), error);

        static string? Path(in TypedPacketData<TArguments> packetData)
        {
            using var written = WriteAgain(in packetData, isItem: false);
            var way = WritePath.WithinItem(written.WrittenSpan, out var item);
            return item > 0 ? packetData.Definition.Parameters[item - 1].Name + way : null; // The event's name is the first.
        }
    }

    public static EventSerializationException Of<TAnswer, TFormatter>(in TypedAnswer<TAnswer, TFormatter> answer, EventSerializationException error)
        where TFormatter : struct, IFormatter<TAnswer>
    {
        var name = Encoding.UTF8.GetString(answer.Definition.Name);
        return Error($"The answer to '{name}'", name, error.IsOfLength ? null : Path(in answer), error);

        static string? Path(in TypedAnswer<TAnswer, TFormatter> answer)
        {
            using var written = WriteAgain(in answer, isItem: true);
            return $"answer{WritePath.WithinItem(written.WrittenSpan, out _)}";
        }
    }

    private static PooledBuffer WriteAgain<TValue>(in TValue value, bool isItem)
        where TValue : struct, IWritable
    {
        var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        if (isItem)
            writer.BeginArray(1);
        try
        {
            value.WriteTo(ref writer);
        }
        catch (EventSerializationException)
        {
            // As before, and told by now: what was written until then is what is asked for.
        }

        return buffer;
    }

    private static EventSerializationException Error(string subject, string name, string? path, EventSerializationException error) =>
        new(path is null ? $"{subject} cannot be written: {error.Message}" : $"{subject} cannot be written at '{path}': {error.Message}", innerException: error) { EventName = name, Path = path };
}
