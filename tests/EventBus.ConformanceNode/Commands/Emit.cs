using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>emit</c> and <c>emitWithAck</c>: an event by name to rooms, except rooms, with flags.</summary>
internal static class Emit
{
    public static async Task<JsonNode?> StartAsync(Command command, IBusNamespace nsp)
    {
        await Target.Of(command, nsp).EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }

    public static async Task<JsonNode?> StartWithAckAsync(Command command, IBusNamespace nsp)
    {
        var acks = await Target.Of(command, nsp)
            .EmitWithAckAsync(command.Text("event"), command.Values("args"), command.OptionalMilliseconds("timeoutMs"));
        return new JsonObject
        {
            ["responses"] = new JsonArray([.. acks.Responses.Select(JsonValues.ToNode)]),
            ["expected"] = acks.Expected,
            ["timedOut"] = acks.IsTimedOut,
        };
    }

    public static async Task<JsonNode?> StartAsync(Command command, PublisherOperator<IUntypedEvents> everyone)
    {
        await Target.Of(command, everyone).EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }
}
