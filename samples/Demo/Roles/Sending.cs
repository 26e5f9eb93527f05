using System.Text.Json.Nodes;

namespace EventBus.Samples.Demo.Roles;

/// <summary>Emits what the director asks for, until it says stop or is gone.</summary>
internal static class Sending
{
    public static async Task ServeAsync(CommandLines lines, Emitter<IDemoEvents> emitter)
    {
        while (await lines.ReadAsync() is { } command)
        {
            if (command["op"]!.GetValue<string>() == "stop")
            {
                lines.Answer(command);
                return;
            }

            var target = emitter.All.To(Names(command, "rooms")).Except(Names(command, "except"));
            var row = command["row"]!.GetValue<int>();
            var at = Clock.Milliseconds;
            if (command["text"] is { } text)
                await target.Note(row, text.GetValue<string>());
            else
                await target.Photo(row, Photograph.Take(command["photo"]!.GetValue<int>()));
            lines.Answer(command, at);
        }
    }

    private static string[] Names(JsonObject command, string field) => [.. command[field]!.AsArray().GetValues<string>()];
}
