using EventBus.Tests.Testing;
using EventBus.Transport.Postgres;

namespace EventBus.Tests.Transport;

public sealed class SweepRhythmTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly TestTime _time = new();
    private readonly SweepRhythm _rhythm;

    public SweepRhythmTests() => _rhythm = new SweepRhythm(Interval, _time, new Random(1));

    [Fact]
    public async Task WaitAsync_sweeps_twice_after_the_start_and_then_rarely()
    {
        await DueWithinAsync(Interval);
        await DueWithinAsync(Interval);
        for (var i = 0; i < 5; i++)
        {
            var waiting = _rhythm.WaitAsync(CancellationToken.None);
            Advance(Interval * 4.9);
            Assert.False(waiting.IsCompleted);
            Advance(Interval * 5.1);
            await waiting;
        }
    }

    [Fact]
    public async Task Seen_attachment_is_swept_within_two_intervals()
    {
        await DueWithinAsync(Interval);
        await DueWithinAsync(Interval);
        for (var i = 0; i < 3; i++)
        {
            var idle = _rhythm.WaitAsync(CancellationToken.None);
            Assert.False(idle.IsCompleted);
            var seen = _time.GetTimestamp();
            _rhythm.Seen();
            Assert.False(idle.IsCompleted);
            Advance(Interval);
            await idle;
            await DueWithinAsync(Interval);
            Assert.InRange(_time.GetElapsedTime(seen), Interval, Interval * 2);
            var waiting = _rhythm.WaitAsync(CancellationToken.None);
            Advance(Interval * 4.9);
            Assert.False(waiting.IsCompleted);
            Advance(Interval * 5.1);
            await waiting;
        }
    }

    [Fact]
    public async Task WaitAsync_sweeps_once_per_interval_while_attachments_arrive()
    {
        for (var i = 0; i < 20; i++)
        {
            _rhythm.Seen();
            await DueWithinAsync(Interval);
        }
    }

    [Fact]
    public async Task WaitAsync_cancelled_completes_and_leaves_no_timer()
    {
        using var stopping = new CancellationTokenSource();
        var waiting = _rhythm.WaitAsync(stopping.Token);
        await stopping.CancelAsync();
        await waiting;

        await DueWithinAsync(Interval);
        await DueWithinAsync(Interval);
        using var stoppingIdle = new CancellationTokenSource();
        var idle = _rhythm.WaitAsync(stoppingIdle.Token);
        await stoppingIdle.CancelAsync();
        await idle;
        Assert.Equal(0, _time.Timers);
    }

    private async Task DueWithinAsync(TimeSpan time)
    {
        var waiting = _rhythm.WaitAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        Advance(time);
        await waiting;
    }

    /// <summary>Advances the time in small steps, so that a sweep runs when it is due and not at the end.</summary>
    private void Advance(TimeSpan by)
    {
        for (var step = Interval / 1000; by > TimeSpan.Zero; by -= step)
            _time.Advance(step < by ? step : by);
    }
}
