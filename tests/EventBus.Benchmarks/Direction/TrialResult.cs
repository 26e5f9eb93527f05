using EventBus.Benchmarks.Children;

namespace EventBus.Benchmarks.Direction;

/// <summary>Makes the quantities of one run of the reports of its processes.</summary>
internal static class TrialResult
{
    public static Dictionary<Metric, double> Describe(
        Load load, PublisherReport published, IReadOnlyList<(ReceiverReport Report, bool IsInRoom)> receivers, double postgresCpu)
    {
        var inRoom = receivers.Where(static receiver => receiver.IsInRoom).Select(static receiver => receiver.Report).ToArray();
        var values = new Dictionary<Metric, double>
        {
            [Metric.Sent] = published.Sent,
            [Metric.Rate] = inRoom.Length > 0
                ? inRoom.Average(static report => report.Seconds > 0 ? report.Count / report.Seconds : 0)
                : published.Sent / published.Seconds,
            [Metric.PublisherCpu] = published.CpuMicroseconds / published.Sent,
            [Metric.PostgresCpu] = postgresCpu,
        };
        if (published.JitMicroseconds is { } compiling)
            values[Metric.PublisherJit] = compiling / published.Sent;
        if (published.AllocatedBytes is { } bytes)
            values[Metric.PublisherBytes] = bytes / published.Sent;
        if (receivers.Count > 0)
            AddReceivers(values, published.Sent, [.. receivers.Select(static receiver => receiver.Report)]);
        if (inRoom.Length > 0)
            AddArrivals(values, load, published.Sent, inRoom);
        return values;
    }

    /// <summary>The averages of all receivers, for each published event.</summary>
    private static void AddReceivers(Dictionary<Metric, double> values, long sent, ReceiverReport[] reports)
    {
        values[Metric.ReceiverCpu] = reports.Average(static report => report.CpuMicroseconds) / sent;
        values[Metric.Dropped] = reports.Sum(static report => report.Dropped);
        if (reports.All(static report => report.JitMicroseconds is not null))
            values[Metric.ReceiverJit] = reports.Average(static report => report.JitMicroseconds!.Value) / sent;
        if (reports.All(static report => report.AllocatedBytes is not null))
            values[Metric.ReceiverBytes] = reports.Average(static report => report.AllocatedBytes!.Value) / sent;
    }

    private static void AddArrivals(Dictionary<Metric, double> values, Load load, long sent, ReceiverReport[] reports)
    {
        values[Metric.P50] = reports.Average(static report => report.P50);
        values[Metric.P99] = reports.Average(static report => report.P99);
        values[Metric.Lost] = reports.Sum(report => sent - report.Count);
        if (load.IsOrdered)
            values[Metric.Disordered] = reports.Sum(static report => report.Disordered);
    }
}
