using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>The sockets of this node by the driver's names for them, and the commands about them. A command about a socket that is still connecting waits for it.</summary>
internal sealed class Subscriptions(IEventBus bus, Reports reports)
{
    private readonly ConcurrentDictionary<string, Task<LocalSocket>> _sockets = new(StringComparer.Ordinal);

    public async Task<JsonNode?> AddAsync(Command command)
    {
        var name = command.Text("socket");
        if (_sockets.ContainsKey(name))
            throw new ArgumentException($"There is a socket '{name}' already.");
        var connecting = ConnectAsync(name, command);
        _sockets[name] = connecting;
        try
        {
            return new JsonObject { ["socketId"] = (await connecting).Id };
        }
        catch
        {
            _sockets.TryRemove(name, out _);
            throw;
        }
    }

    public async Task<JsonNode?> RemoveAsync(Command command)
    {
        var name = command.Text("socket");
        if (!_sockets.TryRemove(name, out var connecting))
            throw Unknown(name);
        await (await connecting).DisposeAsync();
        return null;
    }

    public async Task<JsonNode?> JoinAsync(Command command)
    {
        var rooms = command.Texts("rooms");
        await (await Find(command)).JoinAsync(rooms);
        return null;
    }

    public async Task<JsonNode?> LeaveAsync(Command command)
    {
        var rooms = command.Texts("rooms");
        await (await Find(command)).LeaveAsync(rooms);
        return null;
    }

    private async Task<LocalSocket> ConnectAsync(string name, Command command)
    {
        var delay = command.Milliseconds("delayMs");
        var options = new SocketOptions { Rooms = command.Texts("rooms"), Data = command.Value("data") };
        return await bus.Of(command.Namespace).ConnectAsync(options, socket =>
        {
            socket.Disconnected += () => reports.Disconnected(name);
            socket.OnAny((eventName, arguments) =>
            {
                reports.Received(name, socket.Namespace, eventName, arguments);
                return ValueTask.CompletedTask;
            });
            if (command.Has("reply"))
                Answer(socket, command.Value("reply"), delay);
        });
    }

    private static void Answer(LocalSocket socket, EventValue reply, TimeSpan delay) => socket.OnAny(async (_, _) =>
    {
        await Task.Delay(delay);
        return reply;
    });

    private Task<LocalSocket> Find(Command command)
    {
        var name = command.Text("socket");
        return _sockets.TryGetValue(name, out var connecting) ? connecting : throw Unknown(name);
    }

    private static ArgumentException Unknown(string name) => new($"There is no socket '{name}'.");
}
