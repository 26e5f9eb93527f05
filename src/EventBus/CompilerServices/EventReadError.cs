using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Makes of an error inside an event's arguments one that names the event, the parameter and the way to the value.</summary>
internal static class EventReadError
{
    /// <param name="eventName">The event's name on the wire.</param>
    /// <param name="packetData">The packet's data, in which the error's position is.</param>
    /// <param name="error">What the formatters said.</param>
    public static EventSerializationException Of(ReadOnlySpan<byte> eventName, EncodedValue packetData, EventSerializationException error)
    {
        var name = Encoding.UTF8.GetString(eventName);
        var path = Path(packetData, error);
        var message = path is null ? $"The event '{name}' cannot be read: {error.Message}" : $"The event '{name}' cannot be read at '{path}': {error.Message}";
        return new EventSerializationException(message, error.Position, error) { EventName = name, Path = path };
    }

    private static string? Path(EncodedValue packetData, EventSerializationException error)
    {
        if (error.Argument is null || error.IsMissingArgument)
            return error.Argument;
        var path = error.Argument + ValuePath.WithinItem(packetData, error.Position);
        return error.MissingMember is { } member ? $"{path}.{member}" : path;
    }
}
