namespace EventBus.Benchmarks.Start;

/// <summary>Waits for the first event.</summary>
internal sealed class FirstEvent : IStartEvents
{
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Arrived => _arrived.Task;

    public void Ping(long sentAt, long number) => _arrived.TrySetResult();
}
