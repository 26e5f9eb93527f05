namespace EventBus.Durable;

/// <summary>
/// Wakes the loops of a group. A loop takes the next signal before it looks for work, so it misses none. Thread-safe; setting it costs
/// nothing while nobody waits.
/// </summary>
internal sealed class DurableSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _next;

    /// <summary>Completes when the signal is set after this call.</summary>
    public Task Next()
    {
        lock (_lock)
            return (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    public void Set()
    {
        if (Volatile.Read(ref _next) is null)
            return;
        TaskCompletionSource? next;
        lock (_lock)
            (next, _next) = (_next, null);
        next?.SetResult();
    }
}
