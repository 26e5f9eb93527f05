namespace EventBus.Tests.Testing;

/// <summary>Counts the bytes that code allocates on the thread of the test.</summary>
internal static class Allocations
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Runs an action until it allocates no more than a limit, and returns the fewest bytes of any run. The first runs fill pools, and the
    /// JIT compiler replaces its first code, which boxes values, only when it has time.
    /// </summary>
    public static long LeastOf(Action action, long limit = 0)
    {
        var least = long.MaxValue;
        for (var began = TimeProvider.System.GetTimestamp(); least > limit && TimeProvider.System.GetElapsedTime(began) < Patience;)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
