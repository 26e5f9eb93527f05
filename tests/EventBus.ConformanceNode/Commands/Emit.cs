using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>emit</c>: an event by name to rooms, except rooms, with flags.</summary>
internal static class Emit
{
    public static async Task<JsonNode?> StartAsync(Command command, IBusNamespace nsp)
    {
        await Target.Of(command, nsp).EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }

    public static async Task<JsonNode?> StartAsync(Command command, PublisherOperator everyone)
    {
        await Target.Of(command, everyone).EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }
}
