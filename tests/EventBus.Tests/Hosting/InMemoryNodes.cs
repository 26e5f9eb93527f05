using EventBus.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Hosting;

/// <summary>Nodes of one in-memory cluster on a clock that stands still, with a socket each.</summary>
internal sealed class InMemoryNodes : IAsyncDisposable
{
    private readonly List<(IEventBus Bus, Inbox<string> Inbox)> _nodes = [];

    public InMemoryCluster Cluster { get; } = new();

    public TestTime Time { get; } = new();

    public async Task<(IEventBus Bus, Inbox<string> Inbox)> StartAsync(string uid) => (await StartAsync([uid]))[0];

    /// <summary>Starts nodes at once, each with a socket that puts the names of its events into the inbox.</summary>
    public async Task<(IEventBus Bus, Inbox<string> Inbox)[]> StartAsync(IEnumerable<string> uids)
    {
        var starting = uids.Select(uid => EventBusNode.StartAsync(Cluster, new EventBusOptions { Uid = uid }, timeProvider: Time)).ToArray();
        await CompleteAsync(Task.WhenAll(starting));
        var first = _nodes.Count;
        foreach (var start in starting)
        {
            var (bus, inbox) = (await start, new Inbox<string>());
            await bus.Of().ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
            {
                inbox.Add(name);
                return ValueTask.CompletedTask;
            }));
            _nodes.Add((bus, inbox));
        }

        return [.. _nodes[first..]];
    }

    /// <summary>Moves the clock until the task is done.</summary>
    public async Task CompleteAsync(Task task)
    {
        while (!task.IsCompleted)
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        await task;
    }

    /// <summary>Moves the clock in small steps, after each of which everybody has received everything.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        for (var step = TimeSpan.FromMilliseconds(50); by > TimeSpan.Zero; by -= step)
        {
            Time.Advance(step);
            do
                await Task.Yield();
            while (Cluster.Database.Waiting > 0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (bus, _) in _nodes)
            await bus.DisposeAsync();
    }
}
