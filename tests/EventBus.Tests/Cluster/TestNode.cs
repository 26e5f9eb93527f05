using System.Collections.Concurrent;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>A node of a <see cref="TestCluster"/>, with its parts that tests inspect.</summary>
internal sealed record TestNode(
    ClusterNode Node,
    BusDiagnostics Diagnostics,
    Bus Bus,
    HubTransport Transport,
    RecordingLogger Logger,
    ConcurrentQueue<Exception> Reported)
{
    /// <summary>Disconnects the sockets of the main namespace, and completes when they have handled their queued events.</summary>
    public async Task DrainAsync()
    {
        foreach (var socket in Node.Adapter("/").Rooms.Find(default, default))
            await socket.DisposeAsync();
    }

    /// <summary>Connects a socket that adds "name(arguments)" of each event to the inbox.</summary>
    public async Task<(LocalSocket Socket, Inbox<string> Inbox)> ConnectAsync(string[]? rooms = null, string busNamespace = "/")
    {
        var inbox = new Inbox<string>();
        var options = new SocketOptions { Rooms = rooms ?? [] };
        var socket = await Bus.Of(busNamespace).ConnectAsync(options, socket => socket.OnAny((name, arguments) =>
        {
            inbox.Add($"{name}({string.Join(",", arguments)})");
            return ValueTask.CompletedTask;
        }));
        return (socket, inbox);
    }
}
