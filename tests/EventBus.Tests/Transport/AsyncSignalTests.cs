using System.Transactions;
using EventBus.Transport;

namespace EventBus.Tests.Transport;

public sealed class AsyncSignalTests
{
    [Fact]
    public async Task WaitAsync_after_Set_completes_at_once_and_once()
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
    public void Set_inline_signal_continues_the_loop_on_its_thread()
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

    [Fact]
    public async Task Set_inside_a_completed_transaction_scope_continues_the_loop_outside()
    {
        var signal = new AsyncSignal(isInline: true);
        var loop = WaitOnceAsync();
        using (var scope = new TransactionScope()) // Without async flow it belongs to this thread.
        {
            scope.Complete();
            signal.Set();
        }

        Assert.Null(await loop.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        async Task<Transaction?> WaitOnceAsync()
        {
            await signal.WaitAsync().ConfigureAwait(false);
            return Transaction.Current;
        }
    }

    [Fact]
    public async Task Set_under_a_synchronization_context_continues_the_loop_outside()
    {
        var signal = new AsyncSignal(isInline: true);
        var loop = WaitOnceAsync();
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        signal.Set();
        SynchronizationContext.SetSynchronizationContext(previous);

        Assert.Null(await loop.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        async Task<SynchronizationContext?> WaitOnceAsync()
        {
            await signal.WaitAsync().ConfigureAwait(false);
            return SynchronizationContext.Current;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Set_concurrent_calls_lose_no_wake_up(bool isInline)
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
