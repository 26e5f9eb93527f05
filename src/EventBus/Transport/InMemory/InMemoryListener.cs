using System.Collections.Concurrent;
using EventBus.Diagnostics;

namespace EventBus.Transport.InMemory;

/// <summary>The listening connection of a node: its channels, and the notifications that are not delivered yet.</summary>
/// <remarks>The database calls it inside its lock, so notifications arrive in the order of the commits.</remarks>
internal sealed class InMemoryListener(string uid, ReceiveQueue<StoredNotification> queue, BusDiagnostics diagnostics)
{
    private readonly ConcurrentDictionary<string, string> _namespaces = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal(); // completes when the listener is connected or closed
    private volatile bool _isConnected;
    private volatile bool _isClosed;
    private bool _wasConnected;

    public string Uid { get; } = uid;

    /// <summary>Whether its connection stays cut although the database is running.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether the database must keep notifications because the receive queue is full.</summary>
    public bool IsFull => _isConnected && queue.IsFull;

    /// <summary>The number of notifications that are not delivered yet.</summary>
    public int Waiting => queue.Waiting;

    public void Receive(string channel, in StoredNotification notification)
    {
        if (_isConnected && _namespaces.TryGetValue(channel, out var busNamespace))
            queue.Add(notification with { Namespace = busNamespace });
    }

    /// <summary>Connects or disconnects the listener, and reports it to the receiver.</summary>
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
                queue.AddStateChange(ReportLost);
                return;
            }

            _changed.TrySetResult();
            queue.AddStateChange(_wasConnected ? ReportRestored : static receiver => receiver.OnConnectedChanged(true));
            _wasConnected = true;
        }
    }

    /// <summary>Listens to a channel. Completes when the listener is connected.</summary>
    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken)
    {
        _namespaces[channel] = busNamespace;
        return ConnectedAsync(cancellationToken);
    }

    /// <summary>Stops listening to a channel.</summary>
    /// <returns>The bus namespace of the channel, or null if it was not listened to.</returns>
    public string? Unlisten(string channel)
    {
        _namespaces.TryRemove(channel, out var busNamespace);
        return busNamespace;
    }

    /// <summary>Receives no more, and fails the calls that wait for the connection.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _isConnected = false;
            _changed.TrySetResult();
        }
    }

    private void ReportLost(ITransportReceiver receiver)
    {
        receiver.OnConnectedChanged(false);
        var exception = new IOException("The in-memory cluster has cut the listening connection.");
        diagnostics.Logger.ListenerLost(exception);
        diagnostics.Report(exception);
    }

    private void ReportRestored(ITransportReceiver receiver)
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
