using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>serverSideEmit</c>, <c>serverSideEmitWithAck</c> and <c>onServerSide</c>: events of the nodes themselves.</summary>
internal static class ServerSide
{
    public static async Task<JsonNode?> EmitAsync(Command command, IBusNamespace nsp)
    {
        await nsp.ServerSideEmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }

    public static async Task<JsonNode?> EmitWithAckAsync(Command command, IBusNamespace nsp)
    {
        var acks = await nsp.ServerSideEmitWithAckAsync(
            command.Text("event"), command.Values("args"), command.OptionalMilliseconds("timeoutMs"));
        return new JsonObject
        {
            ["responses"] = new JsonArray([.. acks.Responses.Select(ack => JsonValues.ToNode(ack.Value))]),
            ["missing"] = new JsonArray([.. acks.Missing]),
        };
    }

    public static JsonNode? Handle(Command command, IBusNamespace nsp, Reports reports)
    {
        var name = command.Text("event");
        if (!command.Has("reply"))
        {
            nsp.OnServerSide(name, arguments =>
            {
                reports.ServerSide(nsp.Name, name, arguments);
                return ValueTask.CompletedTask;
            });
            return null;
        }

        var reply = command.Value("reply");
        nsp.OnServerSide(name, arguments =>
        {
            reports.ServerSide(nsp.Name, name, arguments);
            return ValueTask.FromResult(reply);
        });
        return null;
    }
}
