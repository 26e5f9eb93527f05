using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>Disconnects sockets without making its caller wait for their handlers; whoever stops the bus waits for all of them. Thread-safe.</summary>
internal sealed class Departures(BusDiagnostics diagnostics)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _leaving = [];

    /// <summary>Takes the sockets out of their namespace at once. Each ends when its handlers are done.</summary>
    public void Begin(ReadOnlySpan<Socket> sockets)
    {
        foreach (var socket in sockets)
        {
            var leaving = LeaveAsync(socket);
            lock (_lock)
            {
                _leaving.RemoveWhere(static task => task.IsCompleted);
                if (!leaving.IsCompleted)
                    _leaving.Add(leaving);
            }
        }
    }

    /// <summary>Completes when every socket that was disconnected before has ended.</summary>
    public Task EndAsync()
    {
        lock (_lock)
            return Task.WhenAll(_leaving);
    }

    private async Task LeaveAsync(Socket socket)
    {
        try
        {
            await socket.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) // What a subscriber of Disconnected throws concerns neither the other sockets nor the pump.
        {
            diagnostics.Logger.DisconnectedThrew(exception, socket.Id);
            diagnostics.Report(exception);
        }
    }
}
