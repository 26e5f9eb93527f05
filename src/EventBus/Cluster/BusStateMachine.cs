using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>The state of a bus. Its changes are raised in order, on the thread pool. Thread-safe.</summary>
internal sealed class BusStateMachine(BusEventQueue events, BusDiagnostics diagnostics)
{
    private readonly Lock _lock = new();
    private bool _connected;
    private bool _ready;

    public event Action<BusState>? Changed;

    public BusState Current { get; private set; } = BusState.Created;

    /// <exception cref="InvalidOperationException">The bus was started before.</exception>
    public void Begin()
    {
        lock (_lock)
        {
            if (Current != BusState.Created)
                throw new InvalidOperationException($"A bus can be started only once. This bus is {Current}.");
            MoveTo(BusState.Starting);
        }
    }

    /// <summary>The node has joined: from now on the state follows the connection.</summary>
    public void SetReady()
    {
        lock (_lock)
        {
            _ready = true;
            Follow();
        }
    }

    public void SetConnected(bool connected)
    {
        lock (_lock)
        {
            _connected = connected;
            Follow();
        }
    }

    /// <summary>Moves to stopping or stopped; false if it was reached before.</summary>
    public bool TryEnd(BusState state)
    {
        lock (_lock)
        {
            if (Current >= state)
                return false;
            MoveTo(state);
            return true;
        }
    }

    private void Follow()
    {
        if (_ready && Current < BusState.Stopping)
            MoveTo(_connected ? BusState.Connected : BusState.Reconnecting);
    }

    // Queued inside the lock, so that two changes are never raised in the wrong order.
    private void MoveTo(BusState state)
    {
        if (Current == state)
            return;
        Current = state;
        diagnostics.Logger.StateChanged(state);
        events.Raise(Changed, state);
    }
}
