namespace EventBus.Benchmarks.Children;

/// <summary>What this process has used since its start.</summary>
internal readonly record struct Usage(double CpuMicroseconds, long AllocatedBytes, int Collections)
{
    public static Usage Read() => new(
        Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: true), GC.CollectionCount(0));

    public Usage Since(Usage before) => new(
        CpuMicroseconds - before.CpuMicroseconds, AllocatedBytes - before.AllocatedBytes, Collections - before.Collections);
}
