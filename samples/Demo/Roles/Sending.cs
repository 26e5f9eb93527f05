using System.Text.Json.Nodes;

namespace EventBus.Samples.Demo.Roles;

/// <summary>Emits the events that the director requests, until it sends "stop" or ends.</summary>
internal static class Sending
{
    /// <param name="lines">The director.</param>
    /// <param name="note">Sends a note to rooms, except others.</param>
    /// <param name="photo">Sends a photo to rooms, except others.</param>
    public static async Task ServeAsync(
        CommandLines lines,
        Func<string[], string[], int, string, ValueTask> note,
        Func<string[], string[], int, ReadOnlyMemory<byte>, ValueTask> photo)
    {
        while (await lines.ReadAsync() is { } command)
        {
            if (command["op"]!.GetValue<string>() == "stop")
            {
                lines.Answer(command);
                return;
            }

            var (rooms, except) = (Names(command, "rooms"), Names(command, "except"));
            var row = command["row"]!.GetValue<int>();
            var at = Clock.Milliseconds;
            if (command["text"] is { } text)
                await note(rooms, except, row, text.GetValue<string>());
            else
                await photo(rooms, except, row, Photograph.Take(command["photo"]!.GetValue<int>()));
            lines.Answer(command, at);
        }
    }

    private static string[] Names(JsonObject command, string field) => [.. command[field]!.AsArray().GetValues<string>()];
}
