using System.Collections.Concurrent;
using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>Counts the handlers of contracts that the bus has disconnected and that were not added again. Thread-safe.</summary>
internal sealed class DisconnectedHandlers(BusDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Their number.</summary>
    public int Count => _counts.Values.Sum();

    /// <summary>The handler of a contract was disconnected.</summary>
    public void Add(string contract, string socketId, SocketDisconnectReason reason)
    {
        _counts.AddOrUpdate(contract, 1, static (_, count) => count + 1);
        diagnostics.Logger.HandlerDisconnected(
            socketId, contract, reason is SocketDisconnectReason.QueueFull ? "its queue was full" : "a node requested it");
    }

    /// <summary>A handler of a contract was added. If one of this contract is gone, it replaces it.</summary>
    public void Replace(string contract)
    {
        while (_counts.TryGetValue(contract, out var count) && count > 0)
        {
            if (_counts.TryUpdate(contract, count - 1, count))
                return;
        }
    }
}
