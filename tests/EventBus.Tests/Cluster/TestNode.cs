using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>A node of a <see cref="TestCluster"/> and what a test looks at.</summary>
internal sealed record TestNode(ClusterNode Node, BusDiagnostics Diagnostics, Bus Bus, HubTransport Transport, RecordingLogger Logger)
{
    /// <summary>Completes when the sockets of the main namespace have handled what is queued for them; they are disconnected then.</summary>
    public async Task AnsweredAsync()
    {
        foreach (var socket in Node.Adapter("/").Rooms.All())
            await socket.DisposeAsync();
    }

    /// <summary>Connects a socket that puts "name(arguments)" of each event into the inbox.</summary>
    public async Task<(LocalSocket Socket, Inbox<string> Inbox)> ConnectAsync(string[]? rooms = null, string busNamespace = "/")
    {
        var inbox = new Inbox<string>();
        var socket = await Bus.Of(busNamespace).ConnectAsync(new SocketOptions { Rooms = rooms ?? [] }, socket => socket.OnAny((name, arguments) =>
        {
            inbox.Add($"{name}({string.Join(",", arguments)})");
            return ValueTask.CompletedTask;
        }));
        return (socket, inbox);
    }
}
