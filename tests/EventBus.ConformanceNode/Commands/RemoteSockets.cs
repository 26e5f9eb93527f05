using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>remoteEmit</c> and <c>remoteEmitWithAck</c>: an event to one socket of any node, which is first fetched by its id.</summary>
internal static class RemoteSockets
{
    public static async Task<JsonNode?> EmitAsync(Command command, IBusNamespace nsp)
    {
        var socket = await FindAsync(command, nsp);
        await socket.EmitAsync(command.Text("event"), command.Values("args"));
        return null;
    }

    public static async Task<JsonNode?> EmitWithAckAsync(Command command, IBusNamespace nsp)
    {
        var socket = await FindAsync(command, nsp);
        return JsonValues.ToNode(
            await socket.EmitWithAckAsync(command.Text("event"), command.Values("args"), command.OptionalMilliseconds("timeoutMs")));
    }

    private static async Task<RemoteSocket> FindAsync(Command command, IBusNamespace nsp)
    {
        var id = command.Text("socketId");
        var fetched = await nsp.To(id).FetchSocketsAsync();
        return fetched.Sockets.SingleOrDefault() ?? throw new ArgumentException($"There is no socket '{id}'.");
    }
}
