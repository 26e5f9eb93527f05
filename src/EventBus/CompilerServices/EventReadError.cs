using System.Text;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Makes of an error inside an event's arguments one that names the event, the parameter and the way to the value.</summary>
internal static class EventReadError
{
    /// <param name="definition">The event.</param>
    /// <param name="argument">The parameter whose argument was being read; null where none was.</param>
    /// <param name="packetData">The packet's data, in which the error's position is.</param>
    /// <param name="error">What the formatters said.</param>
    public static EventSerializationException Of(EventDefinition definition, string? argument, EncodedValue packetData, EventSerializationException error)
    {
        var name = Encoding.UTF8.GetString(definition.Name);
        var path = Path(argument, packetData, error);
        var message = path is null ? $"The event '{name}' cannot be read: {error.Message}" : $"The event '{name}' cannot be read at '{path}': {error.Message}";
        return new EventSerializationException(message, error.Position, error) { EventName = name, Path = path };
    }

    private static string? Path(string? argument, EncodedValue packetData, EventSerializationException error)
    {
        if (argument is null || error.IsMissingArgument)
            return argument;
        var path = argument + ValuePath.WithinItem(packetData, error.Position);
        return error.MissingMember is { } member ? $"{path}.{member}" : path;
    }
}
