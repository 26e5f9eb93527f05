using System.Diagnostics;

namespace EventBus.Benchmarks.Direction;

/// <summary>The CPU times at one moment, in seconds.</summary>
/// <param name="At">The moment.</param>
/// <param name="Machine">All programs of the machine.</param>
/// <param name="Own">The director and the processes that it started.</param>
/// <param name="Postgres">The processes of PostgreSQL.</param>
internal readonly record struct CpuSnapshot(long At, double Machine, double Own, double Postgres)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(6);

    public static CpuSnapshot Take(int postmaster) => new(
        Stopwatch.GetTimestamp(),
        ProcessTimes.ReadMachine(),
        ProcessTimes.ReadTree(Environment.ProcessId),
        ProcessTimes.ReadTree(postmaster));

    /// <summary>The share of the machine that other processes took since an earlier snapshot: 1 is all of it.</summary>
    public double ForeignSince(CpuSnapshot before)
    {
        var foreign = Machine - before.Machine - (Own - before.Own) - (Postgres - before.Postgres);
        return Math.Max(0, foreign / (Stopwatch.GetElapsedTime(before.At, At).TotalSeconds * Environment.ProcessorCount));
    }

    /// <summary>Waits for a while until the machine is 80 % idle: the processes of the run before may still end.</summary>
    public static async Task UntilIdleAsync()
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < LongestWait;)
        {
            var (before, at) = (ProcessTimes.ReadMachine(), Stopwatch.GetTimestamp());
            await Task.Delay(Pause);
            if (ProcessTimes.ReadMachine() - before < 0.2 * Stopwatch.GetElapsedTime(at).TotalSeconds * Environment.ProcessorCount)
                return;
        }
    }
}
