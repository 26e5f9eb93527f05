using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// <c>socketsJoin</c>, <c>socketsLeave</c>, <c>disconnectSockets</c> and <c>fetchSockets</c>: commands to the sockets of all nodes.
/// </summary>
internal static class Sockets
{
    public static async Task<JsonNode?> JoinAsync(Command command, IBusNamespace nsp)
    {
        await Target.Of(command, nsp).SocketsJoinAsync(command.Texts("targets"));
        return null;
    }

    public static async Task<JsonNode?> JoinAsync(Command command, PublisherOperator<IUntypedEvents> everyone)
    {
        await Target.Of(command, everyone).SocketsJoinAsync(command.Texts("targets"));
        return null;
    }

    public static async Task<JsonNode?> LeaveAsync(Command command, IBusNamespace nsp)
    {
        await Target.Of(command, nsp).SocketsLeaveAsync(command.Texts("targets"));
        return null;
    }

    public static async Task<JsonNode?> LeaveAsync(Command command, PublisherOperator<IUntypedEvents> everyone)
    {
        await Target.Of(command, everyone).SocketsLeaveAsync(command.Texts("targets"));
        return null;
    }

    public static async Task<JsonNode?> DisconnectAsync(Command command, IBusNamespace nsp)
    {
        await Target.Of(command, nsp).DisconnectSocketsAsync(command.Flag("close"));
        return null;
    }

    public static async Task<JsonNode?> DisconnectAsync(Command command, PublisherOperator<IUntypedEvents> everyone)
    {
        await Target.Of(command, everyone).DisconnectSocketsAsync(command.Flag("close"));
        return null;
    }

    public static async Task<JsonNode?> FetchAsync(Command command, IBusNamespace nsp)
    {
        var target = Target.Of(command, nsp);
        var fetched = await (command.Flag("local") ? target.Local : target).FetchSocketsAsync(command.OptionalMilliseconds("timeoutMs"));
        return new JsonObject
        {
            ["sockets"] = new JsonArray([.. fetched.Sockets.Select(Describe)]),
            ["missing"] = new JsonArray([.. fetched.Missing]),
        };
    }

    private static JsonObject Describe(RemoteSocket socket) => new()
    {
        ["id"] = socket.Id,
        ["rooms"] = new JsonArray([.. socket.Rooms]),
        ["data"] = JsonValues.ToNode(socket.Data),
    };
}
