using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.Benchmarks.Contenders;
using EventBus.Chaos.Children;

namespace EventBus.Benchmarks.Children;

/// <summary>A process that receives.</summary>
internal sealed class ReceiverChild(IReceiver receiver, Arrivals arrivals)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private Usage _before;

    public static async Task<int> RunAsync(string contender, string room)
    {
        using var lines = new ChildLines();
        var arrivals = new Arrivals();
        await using var receiver = Contender.CreateReceiver(contender);
        await receiver.ListenAsync(arrivals, room);
        var child = new ReceiverChild(receiver, arrivals);
        lines.Report(new JsonObject { ["event"] = "ready" });
        await lines.ServeAsync(child.ExecuteAsync);
        return 0;
    }

    private async Task<JsonNode?> ExecuteAsync(string op, JsonObject command)
    {
        switch (op)
        {
            case "begin":
                await WhenArrivedAsync(command);
                _before = Usage.Read();
                return null;
            case "end":
                await WhenArrivedAsync(command);
                return JsonSerializer.SerializeToNode(Describe(), JsonSerializerOptions.Web);
            case "stop":
                return null;
            default:
                throw new ArgumentException($"unknown: {op}");
        }
    }

    /// <summary>
    /// Waits for all events that the command lists. If none arrives any more, the others are lost. It has a thread of its own: those of the
    /// pool are busy with the events.
    /// </summary>
    private Task WhenArrivedAsync(JsonObject command)
    {
        var (warmUps, events) = (command["warmUps"]!.GetValue<long>(), command["events"]!.GetValue<long>());
        return Task.Factory.StartNew(
            () => WaitFor(warmUps, events), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void WaitFor(long warmUps, long events)
    {
        var (last, at) = (-1L, Stopwatch.GetTimestamp());
        while ((arrivals.WarmUps < warmUps || arrivals.Count < events) && Stopwatch.GetElapsedTime(at) < LongestSilence)
        {
            if (arrivals.WarmUps + arrivals.Count is var now && now != last)
                (last, at) = (now, Stopwatch.GetTimestamp());
            Thread.Sleep(Pause);
        }
    }

    private ReceiverReport Describe()
    {
        var used = Usage.Read().Since(_before);
        var (half, of99) = arrivals.MeasureLatencies();
        return new ReceiverReport(
            arrivals.Count, arrivals.Seconds, half, of99, used.CpuMicroseconds, used.JitMicroseconds, used.AllocatedBytes,
            used.Collections, arrivals.Disordered, receiver.Lost, receiver.Dropped);
    }
}

/// <summary>A process that publishes. It is warm when it reports that it is ready.</summary>
internal static class PublisherChild
{
    public static async Task<int> RunAsync(string contender, IReadOnlyList<string> arguments)
    {
        using var lines = new ChildLines();
        var load = Load.Parse(arguments);
        await using var publisher = Contender.CreatePublisher(contender, load);
        await publisher.ConnectAsync();
        var runner = new LoadRunner(publisher, load);
        lines.Report(new JsonObject { ["event"] = "ready", ["warmUps"] = await runner.WarmUpAsync() });
        await lines.ServeAsync(async (op, _) => op switch
        {
            "run" => JsonSerializer.SerializeToNode(await runner.RunAsync(), JsonSerializerOptions.Web),
            "stop" => null,
            _ => throw new ArgumentException($"unknown: {op}"),
        });
        return 0;
    }
}
