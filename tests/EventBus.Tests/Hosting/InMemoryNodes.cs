using EventBus.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Hosting;

/// <summary>Nodes of one in-memory cluster with a manual clock. Each has a socket.</summary>
internal sealed class InMemoryNodes : IAsyncDisposable
{
    private readonly List<(IEventBus Bus, Inbox<string> Inbox)> _nodes = [];

    public InMemoryCluster Cluster { get; } = new();

    public TestTime Time { get; } = new();

    /// <summary>Called before each step of the clock.</summary>
    public Action? BeforeStep { get; set; }

    public async Task<(IEventBus Bus, Inbox<string> Inbox)> StartAsync(string uid) => (await StartAsync([uid]))[0];

    /// <summary>Starts nodes together. The socket of each adds the names of its events to the inbox.</summary>
    public async Task<(IEventBus Bus, Inbox<string> Inbox)[]> StartAsync(IEnumerable<string> uids)
    {
        Task<IEventBus>[] starting =
            [.. uids.Select(uid => EventBusNode.StartAsync(Cluster, new EventBusOptions { Uid = uid }, timeProvider: Time))];
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

    /// <summary>Advances the clock until the task has completed.</summary>
    public async Task CompleteAsync(Task task)
    {
        while (!task.IsCompleted)
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        await task;
    }

    /// <summary>Advances the clock in small steps. After each step every node has received all messages.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        for (var step = TimeSpan.FromMilliseconds(50); by > TimeSpan.Zero; by -= step)
        {
            BeforeStep?.Invoke();
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
