using EventBus.Tests.Testing;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

public sealed class StatementLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TestTime _time = new();
    private readonly TaskCompletionSource<bool> _cancelledByPool = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_time_passed_cancels_outside_the_pool_and_throws_a_timeout()
    {
        var running = StatementLimit.RunAsync(HangAsync, Limit, _time, Cancellation);
        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(_cancelledByPool.Task.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.False(await _cancelledByPool.Task);
        var exception = await Assert.ThrowsAsync<NpgsqlException>(() => running);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task RunAsync_cancelled_cancels_outside_the_pool_and_its_caller_goes_on()
    {
        using var stopping = new CancellationTokenSource();
        using var link = new ManualResetEventSlim();
        var running = StatementLimit.RunAsync(token => HangAsync(link, token), Limit, _time, stopping.Token);

        // The callback of the token blocks, as Npgsql's does while it sends a cancel request over a dead link.
        await stopping.CancelAsync();

        Assert.False(await _cancelledByPool.Task);
        Assert.False(running.IsCompleted);
        link.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task RunAsync_statement_ends_in_time_returns_its_result()
    {
        Assert.Equal(42, await StatementLimit.RunAsync(static _ => Task.FromResult(42), Limit, _time, Cancellation));
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task RunAsync_no_time_left_still_has_a_second()
    {
        var running = StatementLimit.RunAsync(HangAsync, TimeSpan.FromSeconds(-1), _time, Cancellation);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(_cancelledByPool.Task.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAsync<NpgsqlException>(() => running);
    }

    private Task<int> HangAsync(CancellationToken token) => HangAsync(link: null, token);

    private async Task<int> HangAsync(ManualResetEventSlim? link, CancellationToken token)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cancelling = token.Register(() =>
        {
            _cancelledByPool.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            link?.Wait(Cancellation);
            ended.SetCanceled(token);
        });
        await ended.Task;
        return 0;
    }
}
