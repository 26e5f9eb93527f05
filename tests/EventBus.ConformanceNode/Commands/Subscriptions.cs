using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// The sockets of this node by the driver's names, and their commands. A command to a socket that is still connecting waits for it.
/// </summary>
internal sealed class Subscriptions(IEventBus bus, Reports reports)
{
    private readonly ConcurrentDictionary<string, Task<LocalSocket>> _sockets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Replies, Replies> _replies = new();

    public async Task<JsonNode?> AddAsync(Command command)
    {
        var name = command.Text("socket");
        if (_sockets.TryGetValue(name, out var known) && !await IsDisconnectedAsync(known))
            throw new ArgumentException($"There is already a socket '{name}'.");
        var connecting = ConnectAsync(name, command);
        _sockets[name] = connecting;
        try
        {
            return new JsonObject { ["socketId"] = (await connecting).Id };
        }
        catch
        {
            _sockets.TryRemove(KeyValuePair.Create(name, connecting));
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

    /// <summary>Cancels the pending replies.</summary>
    public async Task EndAsync()
    {
        foreach (var (replies, _) in _replies)
        {
            replies.Stop();
            await replies.Ended;
        }
    }

    private async Task<LocalSocket> ConnectAsync(string name, Command command)
    {
        var delay = command.Milliseconds("delayMs");
        var replies = command.Has("reply") ? new Replies(command.Value("reply"), delay, reports) : null;
        var options = new SocketOptions { Rooms = command.Texts("rooms"), Data = command.Value("data") };
        return await bus.Of(command.Namespace).ConnectAsync(options, socket =>
        {
            socket.Disconnected += () => reports.Disconnected(name);
            socket.OnAny((eventName, arguments, ack) =>
            {
                reports.Received(name, socket.Namespace, eventName, arguments);
                if (ack is not null)
                    replies?.Send(ack);
                return ValueTask.CompletedTask;
            });
            if (replies is not null)
                Keep(replies, socket);
        });
    }

    // Replies end with their socket.
    private void Keep(Replies replies, LocalSocket socket)
    {
        _replies[replies] = replies;
        socket.Disconnected += () =>
        {
            replies.Stop();
            _replies.TryRemove(replies, out _);
        };
    }

    private Task<LocalSocket> Find(Command command)
    {
        var name = command.Text("socket");
        return _sockets.TryGetValue(name, out var connecting) ? connecting : throw Unknown(name);
    }

    // A socket that another node has disconnected keeps its name until it is unsubscribed or the name is used again.
    private static async Task<bool> IsDisconnectedAsync(Task<LocalSocket> connecting) =>
        connecting.IsCompletedSuccessfully && !(await connecting).IsConnected;

    private static ArgumentException Unknown(string name) => new($"There is no socket '{name}'.");
}
