using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Contenders;
using EventBus.Benchmarks.Events;
using EventBus.InteropTests.Harness;

namespace EventBus.Benchmarks.Direction;

/// <summary>One run of a publisher and its receivers, each in a process of its own.</summary>
internal sealed class Trial(Stage stage, ChildProgram publisher, IReadOnlyList<TrialReceiver> receivers) : IAsyncDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(3);

    private readonly List<LineProcess> _processes = [];

    public async Task<Sample> RunAsync(Load load)
    {
        using var timeout = new CancellationTokenSource(HangLimit);
        await CpuSnapshot.UntilIdleAsync();
        var listening = receivers.Select(receiver => Start(receiver.Program)).ToArray();
        foreach (var receiver in listening)
            await receiver.WhenReadyAsync(timeout.Token);
        var publishing = Start(publisher);
        var ready = await publishing.Lines.Reports.WaitForAsync("ready", cancellationToken: timeout.Token);
        var warmUps = ready.GetProperty("warmUps").GetInt64();
        await SendAsync(listening, "begin", receiver => receiver.IsInRoom ? (warmUps * receiver.Copies, 0) : (1, 0), timeout.Token);

        var before = CpuSnapshot.Take(stage.Postmaster);
        var published = Read<PublisherReport>(await publishing.Lines.SendAsync("run", cancellationToken: timeout.Token));
        var results = await SendAsync(
            listening,
            "end",
            receiver => receiver.IsInRoom ? (warmUps * receiver.Copies, published.Sent * receiver.Copies) : (2, 0),
            timeout.Token);
        var after = CpuSnapshot.Take(stage.Postmaster);

        foreach (var process in _processes)
            await process.StopAsync(timeout.Token);
        var received = results.Select(Read<ReceiverReport>).Zip(receivers, static (report, receiver) => (
            receiver.Copies == 1 ? report : report with { Count = report.Count / receiver.Copies }, receiver.IsInRoom));
        var postgres = (after.Postgres - before.Postgres) * 1e6 / published.Sent;
        return new Sample(TrialResult.Describe(load, published, [.. received], postgres), after.ForeignSince(before));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }

    private static T Read<T>(JsonElement result) =>
        result.Deserialize<T>(JsonSerializerOptions.Web) ?? throw new InvalidOperationException("A process has reported nothing.");

    private LineProcess Start(ChildProgram program)
    {
        var process = program.Run();
        _processes.Add(process);
        return process;
    }

    /// <summary>Sends a command to all receivers at the same time, with the events that each waits for.</summary>
    private Task<JsonElement[]> SendAsync(
        LineProcess[] listening,
        string op,
        Func<TrialReceiver, (long WarmUps, long Events)> expect,
        CancellationToken cancellationToken) =>
        Task.WhenAll(listening.Zip(receivers, (process, receiver) =>
        {
            var (warmUps, events) = expect(receiver);
            return process.Lines.SendAsync(op, new JsonObject { ["warmUps"] = warmUps, ["events"] = events }, cancellationToken);
        }));
}

/// <summary>A receiver of a trial.</summary>
/// <param name="Program">Its process.</param>
/// <param name="IsInRoom">Whether it gets all events. Otherwise it gets one after the warm-up and one at the end.</param>
/// <param name="Copies">How many of its handlers get each event.</param>
internal sealed record TrialReceiver(ChildProgram Program, bool IsInRoom = true, int Copies = 1)
{
    public static TrialReceiver Of(string contender) => new(ChildProgram.Receive(contender, EventText.Room));

    public static TrialReceiver OfNode(string kind) => new(ChildProgram.NodeReceive(kind));

    public static TrialReceiver Elsewhere() => new(ChildProgram.Receive("eventbus", EventBusSender.OtherRoom), IsInRoom: false);
}
