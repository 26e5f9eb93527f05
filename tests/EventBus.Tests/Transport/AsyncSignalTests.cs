using EventBus.Transport;

namespace EventBus.Tests.Transport;

public sealed class AsyncSignalTests
{
    [Fact]
    public async Task A_signal_set_before_the_wait_ends_it_at_once_and_once()
    {
        var signal = new AsyncSignal(isInline: true);
        signal.Set();
        signal.Set();
        await signal.WaitAsync();

        var next = signal.WaitAsync().AsTask();
        Assert.False(next.IsCompleted);
        signal.Set();
        await next;
    }

    [Fact]
    public void An_inline_signal_goes_on_with_the_loop_on_the_setting_thread()
    {
        var signal = new AsyncSignal(isInline: true);
        var thread = 0;
        var loop = WaitOnceAsync();
        signal.Set();
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
        Assert.True(loop.IsCompletedSuccessfully);

        async Task WaitOnceAsync()
        {
            await signal.WaitAsync().ConfigureAwait(false);
            thread = Environment.CurrentManagedThreadId;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_wake_up_is_lost_between_threads(bool isInline)
    {
        const int rounds = 20_000;
        var signal = new AsyncSignal(isInline);
        var produced = 0;
        var consumer = Task.Run(async () =>
        {
            while (Volatile.Read(ref produced) < rounds)
                await signal.WaitAsync();
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < rounds; i++)
        {
            Interlocked.Increment(ref produced);
            signal.Set();
        }

        await consumer.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
