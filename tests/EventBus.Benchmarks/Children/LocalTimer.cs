using System.Diagnostics;

namespace EventBus.Benchmarks.Children;

/// <summary>Measures the time and the allocated bytes of one local event, after a warm-up of the same kind.</summary>
internal static class LocalTimer
{
    /// <summary>The tiers of the JIT compiler need calls, and then time in the background.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(1_500);

    /// <summary>The events that may wait in the queue of a socket: without a bound its growth would be measured.</summary>
    private const int MostAhead = 256;

    /// <summary>Measures events that nobody handles: they are done when the call returns.</summary>
    public static (double Nanoseconds, double Bytes) Measure(Func<ValueTask> emit, int repeats)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp;)
            Complete(emit());
        var (bytes, at) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        for (var i = 0; i < repeats; i++)
            Complete(emit());
        var elapsed = Stopwatch.GetElapsedTime(at);
        return (elapsed.TotalNanoseconds / repeats, (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / repeats);
    }

    /// <summary>Measures events until their handlers have run.</summary>
    public static async Task<(double Nanoseconds, double Bytes)> MeasureHandledAsync(
        Func<ValueTask> emit, int repeats, CountingHandler[] handlers)
    {
        await EmitAsync(emit, repeats, handlers);
        await EmitAsync(emit, repeats, handlers);
        var (bytes, at) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        await EmitAsync(emit, repeats, handlers);
        var elapsed = Stopwatch.GetElapsedTime(at);
        return (elapsed.TotalNanoseconds / repeats, (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / repeats);
    }

    /// <summary>A local event is accepted at once, so this does not wait: it throws if the event failed.</summary>
    private static void Complete(ValueTask emitted)
    {
        if (!emitted.IsCompleted)
            throw new InvalidOperationException("A local event was not accepted at once.");
        emitted.GetAwaiter().GetResult();
    }

    private static async Task EmitAsync(Func<ValueTask> emit, int repeats, CountingHandler[] handlers)
    {
        var wanted = handlers[0].Count + repeats;
        for (var i = 0; i < repeats; i++)
        {
            Complete(emit());
            while (handlers[^1].Count < wanted - repeats + i - MostAhead)
                Thread.Yield();
        }

        foreach (var handler in handlers)
        {
            while (handler.Count < wanted)
                await Task.Yield();
        }
    }
}
