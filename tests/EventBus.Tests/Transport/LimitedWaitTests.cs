using EventBus.Tests.Testing;
using EventBus.Transport;

namespace EventBus.Tests.Transport;

public sealed class LimitedWaitTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TestTime _time = new();
    private readonly LimitedWait _wait;

    public LimitedWaitTests() => _wait = new LimitedWait(_time);

    public ValueTask DisposeAsync() => _wait.DisposeAsync();

    [Fact]
    public async Task ForAsync_ends_with_the_task_whatever_its_outcome()
    {
        await _wait.ForAsync(Task.FromException(new IOException()), Limit);
        var task = new TaskCompletionSource();
        var waiting = _wait.ForAsync(task.Task, Limit).AsTask();
        Assert.False(waiting.IsCompleted);
        task.SetException(new IOException());
        await waiting;
        Assert.Equal(0, _time.Timers);
        await Assert.ThrowsAsync<IOException>(() => task.Task);
    }

    [Fact]
    public async Task ForAsync_ends_when_the_time_has_passed()
    {
        var waiting = _wait.ForAsync(new TaskCompletionSource().Task, Limit).AsTask();
        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));
        await waiting;
        await _wait.ForAsync(new TaskCompletionSource().Task, TimeSpan.Zero);
        await _wait.ForAsync(new TaskCompletionSource().Task, -Limit);
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task ForAsync_does_not_end_with_the_task_of_an_earlier_wait()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var waiting = _wait.ForAsync(first.Task, Limit).AsTask();
        _time.Advance(Limit);
        await waiting;

        waiting = _wait.ForAsync(second.Task, Limit).AsTask();
        first.SetResult();
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, _time.Timers);
        second.SetResult();
        await waiting;
    }
}
