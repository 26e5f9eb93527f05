using System.Text.Json;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>Dispatch within a process: what a local event costs for each socket of its rooms.</summary>
internal static class Local
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(3);

    public static Group Group { get; } = new(
        "local",
        "Local dispatch, per socket of the room",
        [Create(10), Create(1_000), Create(100_000)],
        [
            Metric.OneRoomNanoseconds, Metric.OneRoomBytes, Metric.TwoRoomsNanoseconds, Metric.HandlerNanoseconds, Metric.HandlerBytes,
            Metric.EmptyRoomMicroseconds, Metric.EmptyRoomBytes,
        ],
        [
            .. CreateGoals(10), .. CreateGoals(1_000), .. CreateGoals(100_000),
            Goal.Most("local: an emit into an empty room, µs", 0.1, Name(10), Metric.EmptyRoomMicroseconds),
            Goal.Most("local: an emit into an empty room, bytes", 0, Name(10), Metric.EmptyRoomBytes),
        ]);

    private static Candidate Create(int sockets) => new(Name(sockets), stage => MeasureAsync(stage, sockets));

    private static IEnumerable<Goal> CreateGoals(int sockets)
    {
        var name = Name(sockets);
        yield return Goal.Most($"local, {name}: selection, ns per socket", 2, name, Metric.OneRoomNanoseconds);
        yield return Goal.Most($"local, {name}: selection, bytes per event", 0, name, Metric.OneRoomBytes);
        yield return Goal.Most($"local, {name}: selection of two rooms, ns per socket", 4, name, Metric.TwoRoomsNanoseconds);
        yield return Goal.Most($"local, {name}: hand-over to a handler, ns", 60, name, Metric.HandlerNanoseconds);
        yield return Goal.Most($"local, {name}: hand-over to a handler, bytes", 0, name, Metric.HandlerBytes);
    }

    private static async Task<Sample> MeasureAsync(Stage stage, int sockets)
    {
        using var timeout = new CancellationTokenSource(HangLimit);
        await CpuSnapshot.UntilIdleAsync();
        var before = CpuSnapshot.Take(stage.Postmaster);
        await using var process = ChildProgram.DotNet("local", $"{sockets}").Run();
        var report = await process.Lines.Reports.WaitForAsync("measured", cancellationToken: timeout.Token);
        await process.WaitForExitAsync(timeout.Token);
        var after = CpuSnapshot.Take(stage.Postmaster);
        var values = report.GetProperty("values").Deserialize<Dictionary<string, double>>()
            ?? throw new InvalidOperationException("The process has reported nothing.");
        return new Sample(
            values.ToDictionary(static value => Enum.Parse<Metric>(value.Key), static value => value.Value), after.ForeignSince(before));
    }

    private static string Name(int sockets) => $"{sockets:N0} sockets";
}
