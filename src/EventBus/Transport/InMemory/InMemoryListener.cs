using System.Collections.Concurrent;
using EventBus.Diagnostics;

namespace EventBus.Transport.InMemory;

/// <summary>A node's listening connection: the channels it listens to, and what it has received there and not handed over yet.</summary>
/// <remarks>The database calls it inside its lock, so what it receives is in the order of the commits.</remarks>
internal sealed class InMemoryListener(string uid, ReceiveQueue<StoredNotification> queue, BusDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, string> _namespaces = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal(); // completes when it is connected or closed
    private volatile bool _isConnected;
    private volatile bool _isClosed;
    private bool _wasConnected;

    public string Uid { get; } = uid;

    /// <summary>Whether its connection is held cut, although the database is there.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether the database has to keep what it cannot take.</summary>
    public bool IsFull => _isConnected && queue.IsFull;

    /// <summary>How many notifications have not been handed over yet.</summary>
    public int Waiting => queue.Waiting;

    public void Receive(string channel, in StoredNotification notification)
    {
        if (_isConnected && _namespaces.TryGetValue(channel, out var busNamespace))
            queue.Add(notification with { Namespace = busNamespace });
    }

    /// <summary>The connection is there, or is lost; the receiver is told.</summary>
    public void SetConnected(bool isConnected)
    {
        lock (_lock)
        {
            if (_isClosed || isConnected == _isConnected)
                return;
            _isConnected = isConnected;
            if (!isConnected)
            {
                _changed = NewSignal();
                queue.Tell(TellLost);
                return;
            }

            _changed.TrySetResult();
            queue.Tell(_wasConnected ? TellRestored : static receiver => receiver.OnConnectedChanged(true));
            _wasConnected = true;
        }
    }

    /// <summary>Listens to a channel; completes when it is connected.</summary>
    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken)
    {
        _namespaces[channel] = busNamespace;
        return ConnectedAsync(cancellationToken);
    }

    /// <summary>Stops listening to a channel.</summary>
    /// <returns>The bus namespace it stood for, or null where it was not listened to.</returns>
    public string? Unlisten(string channel)
    {
        _namespaces.TryRemove(channel, out var busNamespace);
        return busNamespace;
    }

    /// <summary>Receives no more, and fails those who wait for the connection.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _isConnected = false;
            _changed.TrySetResult();
        }
    }

    private void TellLost(ITransportReceiver receiver)
    {
        receiver.OnConnectedChanged(false);
        var exception = new IOException("The in-memory cluster has cut the listening connection.");
        diagnostics.Logger.ListenerLost(exception);
        diagnostics.Report(exception);
    }

    private void TellRestored(ITransportReceiver receiver)
    {
        receiver.OnConnectedChanged(true);
        diagnostics.Reconnects.Add();
        diagnostics.Logger.ListeningAgain(_namespaces.Count);
        receiver.OnListeningAgain();
    }

    private async Task ConnectedAsync(CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
            changed = _changed.Task;
        await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isClosed)
            throw new EventBusClosedException("The bus was closed.");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
