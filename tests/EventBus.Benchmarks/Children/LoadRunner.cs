using System.Diagnostics;
using EventBus.Benchmarks.Contenders;

namespace EventBus.Benchmarks.Children;

/// <summary>Warms a publisher up, and offers it the events of a load.</summary>
internal sealed class LoadRunner(IPublisher publisher, Load load)
{
    private const int AwaitedWarmUps = 300;
    private const double SlowestWarmUp = 20_000; // events in a second; a slower contender gets fewer
    private const int MostUnderWay = 4_000;

    /// <summary>A warm-up event as long as the longest that counts: an entry of a queue keeps memory for its longest event.</summary>
    private const long LongWarmUp = -1_000_000;

    private long _began;
    private long _number;
    private int _underWay;
    private Exception? _failure;

    private bool IsOver => Stopwatch.GetElapsedTime(_began).TotalSeconds >= load.Seconds;

    /// <returns>How many events the receiver gets before the first that counts.</returns>
    public async Task<long> WarmUpAsync()
    {
        var sent = 0;
        for (; sent < (load.Bytes > 0 ? 20 : AwaitedWarmUps); sent++)
            await publisher.PublishAsync(0, -1);
        var began = Stopwatch.GetTimestamp();
        var longest = TimeSpan.FromSeconds(load.WarmUps / SlowestWarmUp);
        for (var posts = 0; load.Bytes == 0 && posts < load.WarmUps && Stopwatch.GetElapsedTime(began) < longest; posts++, sent++)
            await publisher.PostAsync(began, LongWarmUp);
        await publisher.FlushAsync();
        return sent;
    }

    public async Task<PublisherReport> RunAsync()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Usage.Read();
        _began = Stopwatch.GetTimestamp();
        await (load.Kind switch
        {
            LoadKind.Post => PostAsync(),
            LoadKind.Await => Task.WhenAll(Enumerable.Range(0, load.Width).Select(_ => Task.Run(AwaitEachAsync))),
            LoadKind.Open => Task.Factory.StartNew(
                OfferAtRate, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            _ => PaceAsync(),
        });
        await publisher.FlushAsync();
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var used = Usage.Read().Since(before);
        return _failure is null
            ? new PublisherReport(_number, seconds, used.CpuMicroseconds, used.JitMicroseconds, used.AllocatedBytes, used.Collections)
            : throw new InvalidOperationException("An event was not published.", _failure);
    }

    private async Task PostAsync()
    {
        // The clock is read for each event anyway, but not compared each time.
        while (_number < load.Events && ((_number & 63) != 0 || !IsOver))
            await publisher.PostAsync(Stopwatch.GetTimestamp(), ++_number);
    }

    private async Task AwaitEachAsync()
    {
        while (!IsOver && Interlocked.Increment(ref _number) is var number)
        {
            if (number > load.Events)
            {
                Interlocked.Decrement(ref _number);
                return;
            }

            await publisher.PublishAsync(Stopwatch.GetTimestamp(), number);
        }
    }

    private async Task PaceAsync()
    {
        for (; _number < load.Events && !IsOver; await Task.Delay(load.Pause))
            await publisher.PublishAsync(Stopwatch.GetTimestamp(), ++_number);
    }

    /// <summary>
    /// Offers, each millisecond, the events that are due. An event does not wait for the one before. It has a thread of its own, which
    /// sleeps meanwhile: a timer of the pool would be late while the pool is busy with the events.
    /// </summary>
    private void OfferAtRate()
    {
        for (; !IsOver; Thread.Sleep(1))
        {
            var due = (long)(Stopwatch.GetElapsedTime(_began).TotalSeconds * load.Rate);
            while (_number < due && Volatile.Read(ref _underWay) < MostUnderWay)
                _ = TrackAsync(publisher.PublishAsync(Stopwatch.GetTimestamp(), ++_number));
        }

        while (Volatile.Read(ref _underWay) > 0)
            Thread.Sleep(1);
    }

    private async Task TrackAsync(ValueTask published)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await published;
        }
        catch (Exception exception) // The run fails with it at its end.
        {
            _failure = exception;
        }

        Interlocked.Decrement(ref _underWay);
    }
}
