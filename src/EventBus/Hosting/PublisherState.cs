namespace EventBus.Hosting;

/// <summary>The state of a publisher, from the changes of its connection. Thread-safe.</summary>
internal sealed class PublisherState
{
    private readonly Lock _lock = new();

    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is connected for the first time.</summary>
    public Task Connected => _connected.Task;

    public BusState Current { get; private set; } = BusState.Starting;

    public void SetConnected(bool isConnected)
    {
        lock (_lock)
        {
            if (Current >= BusState.Stopping)
                return;
            if (isConnected)
            {
                Current = BusState.Connected;
                _connected.TrySetResult();
            }
            else if (Current == BusState.Connected)
            {
                Current = BusState.Reconnecting;
            }
        }
    }

    /// <summary>Moves to stopping or stopped.</summary>
    public void End(BusState state)
    {
        lock (_lock)
            Current = state;
    }
}
