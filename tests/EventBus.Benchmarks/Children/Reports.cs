using System.Runtime;

namespace EventBus.Benchmarks.Children;

/// <summary>The result of a publisher. A Node.js process counts neither the time of its compiler nor the bytes that it allocates.</summary>
internal sealed record PublisherReport(
    long Sent, double Seconds, double CpuMicroseconds, double? JitMicroseconds, double? AllocatedBytes, int? Collections);

/// <summary>The result of a receiver. Latencies are in microseconds.</summary>
/// <param name="Count">The events that arrived.</param>
/// <param name="Seconds">From the emit of the first event to the arrival of the last one.</param>
/// <param name="P50">The latency that half of the events do not exceed.</param>
/// <param name="P99">The latency that 99 of 100 events do not exceed.</param>
/// <param name="CpuMicroseconds">The CPU time of the process.</param>
/// <param name="JitMicroseconds">The elapsed time in the JIT compiler, of all threads. It includes the waits for a processor.</param>
/// <param name="AllocatedBytes">The bytes that the process allocated.</param>
/// <param name="Collections">The garbage collections of the process.</param>
/// <param name="Disordered">The events that arrived after one with a higher number.</param>
/// <param name="Lost">The events whose loss the contender itself reports.</param>
/// <param name="Dropped">The events that the contender dropped because a handler was slow.</param>
internal sealed record ReceiverReport(
    long Count,
    double Seconds,
    double P50,
    double P99,
    double CpuMicroseconds,
    double? JitMicroseconds,
    double? AllocatedBytes,
    int? Collections,
    long Disordered,
    long Lost,
    long Dropped);

/// <summary>The resources that this process has used since its start.</summary>
internal readonly record struct Usage(double CpuMicroseconds, double JitMicroseconds, long AllocatedBytes, int Collections)
{
    public static Usage Read() => new(
        Environment.CpuUsage.TotalTime.TotalMicroseconds,
        JitInfo.GetCompilationTime().TotalMicroseconds,
        GC.GetTotalAllocatedBytes(precise: true),
        GC.CollectionCount(0));

    public Usage Since(Usage before) => new(
        CpuMicroseconds - before.CpuMicroseconds,
        JitMicroseconds - before.JitMicroseconds,
        AllocatedBytes - before.AllocatedBytes,
        Collections - before.Collections);
}
