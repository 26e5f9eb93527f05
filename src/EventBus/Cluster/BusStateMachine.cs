using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>Keeps a bus's state and tells of its changes, in order.</summary>
internal sealed class BusStateMachine(BusDiagnostics diagnostics)
{
    private readonly Lock _lock = new();
    private bool _connected;
    private bool _ready;

    public event Action<BusState>? Changed;

    public BusState Current { get; private set; } = BusState.Created;

    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Begin()
    {
        lock (_lock)
        {
            if (Current != BusState.Created)
                throw new InvalidOperationException($"A bus is started once; this one is {Current}.");
            MoveTo(BusState.Starting);
        }
    }

    /// <summary>The first round is over: from now on the state follows the connection.</summary>
    public void Ready()
    {
        lock (_lock)
        {
            _ready = true;
            Follow();
        }
    }

    public void Connected(bool connected)
    {
        lock (_lock)
        {
            _connected = connected;
            Follow();
        }
    }

    /// <summary>Moves on to stopping or stopped; false where it is there already.</summary>
    public bool End(BusState state)
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

    // Told inside the lock, so that two changes are never told in the wrong order.
    private void MoveTo(BusState state)
    {
        if (Current == state)
            return;
        Current = state;
        diagnostics.Logger.StateChanged(state);
        diagnostics.Raise(Changed, state);
    }
}
