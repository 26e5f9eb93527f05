using System.Diagnostics;
using EventBus.Benchmarks.Contenders;
using EventBus.Benchmarks.Direction;
using EventBus.InteropTests.Harness;

namespace EventBus.Benchmarks.Groups;

/// <summary>From the start of a process to its first event.</summary>
internal static class Start
{
    private const string EventBus = "EventBus, JIT";
    private const string NativeEventBus = "EventBus, Native AOT";
    private const string NodeServer = "Node.js server with the adapter";

    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(30);

    public static Group Group { get; } = new(
        "start",
        "From the start of a process to its first event",
        [
            Create(NodeServer, static () => ChildProgram.Node("start.mjs")),
            Create(EventBus, static () => ChildProgram.Start(Servers.Postgres)),
            Create(NativeEventBus, static () => ChildProgram.StartNative(Servers.Postgres)
                ?? throw new InvalidOperationException("The program was not published with Native AOT: eng/bench.sh does it.")),
        ],
        [Metric.StartMilliseconds],
        [
            Goal.Ratio("start to first event / Node.js server, JIT", 2, EventBus, NodeServer, Metric.StartMilliseconds, isLeast: false),
            Goal.Ratio(
                "start to first event / Node.js server, Native AOT", 1.2, NativeEventBus, NodeServer, Metric.StartMilliseconds,
                isLeast: false),
        ]);

    private static Candidate Create(string name, Func<ChildProgram> program) => new(name, stage => MeasureAsync(stage, program));

    private static async Task<Sample> MeasureAsync(Stage stage, Func<ChildProgram> program)
    {
        using var timeout = new CancellationTokenSource(HangLimit);
        await CpuSnapshot.UntilIdleAsync();
        var before = CpuSnapshot.Take(stage.Postmaster);
        var began = Stopwatch.GetTimestamp();
        await using LineProcess process = program().Run();
        await process.Lines.Reports.WaitForAsync("first", cancellationToken: timeout.Token);
        var milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await process.WaitForExitAsync(timeout.Token);
        var after = CpuSnapshot.Take(stage.Postmaster);
        return new Sample(new Dictionary<Metric, double> { [Metric.StartMilliseconds] = milliseconds }, after.ForeignSince(before));
    }
}
