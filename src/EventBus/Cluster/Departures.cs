using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>Disconnects sockets without making its caller wait for their handlers; whoever stops the bus waits for all of them. Thread-safe.</summary>
internal sealed class Departures
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _leaving = [];

    /// <summary>Takes the sockets out of their namespace at once. Each ends when its handlers are done.</summary>
    public void Begin(ReadOnlySpan<Socket> sockets)
    {
        foreach (var socket in sockets)
        {
            var leaving = socket.DisposeAsync().AsTask();
            lock (_lock)
            {
                _leaving.RemoveWhere(static task => task.IsCompleted);
                if (!leaving.IsCompleted)
                    _leaving.Add(leaving);
            }
        }
    }

    /// <summary>Completes when every socket that was disconnected before has ended. Inside a handler, which may be of one of them, it waits for none.</summary>
    public Task EndAsync()
    {
        if (SocketQueue.IsInsideHandler)
            return Task.CompletedTask;
        lock (_lock)
            return Task.WhenAll(_leaving);
    }
}
