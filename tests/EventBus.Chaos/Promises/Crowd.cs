using System.Text.Json;
using EventBus.Chaos.Direction;
using EventBus.Testing;

namespace EventBus.Chaos.Promises;

/// <summary>The server restarts under a hundred nodes.</summary>
internal sealed class Crowd(Scoreboard scores)
{
    private const int Nodes = 100;
    private const double Back = 5_000;
    private const int MostAttempts = 200;
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync(new Dictionary<string, string> { ["max_connections"] = $"{(Nodes * 4) + 50}" });
        await using var calibration = new Calibration(stage.Control);
        var crowd = await stage.AddAsync(
            "crowd", "crowd", ("nodes", Nodes), ("heartbeat", 5_000), ("heartbeatTimeout", 60_000), ("stopTimeout", 10_000));
        await stage.Server.StopAsync(ServerStop.Fast);
        await UntilAsync(crowd, static report => report.GetProperty("away").GetInt32() == Nodes);
        var reachable = stage.UntilReachableAsync();
        var began = Clock.Milliseconds;
        await stage.Server.StartAgainAsync();
        var back = await reachable;
        var report = await UntilAsync(crowd, static report => report.GetProperty("away").GetInt32() == 0);
        var all = report is { } complete ? Percentile.Read(complete.GetProperty("backAt")) : [double.NaN];
        var again = report is { } last ? last.GetProperty("left").GetInt32() - Nodes : 0;
        scores.AddTime(
            $"{Nodes} nodes after a restart of the server: all back",
            all[^1] - back,
            Back,
            calibration,
            $"; half of them after {all[all.Length / 2] - back:N0} ms, 90 % after {all[all.Length * 9 / 10] - back:N0} ms; "
                + $"{again} left again meanwhile");
        var attempts = crowd.Proxy.MostAttemptsPerSecond(began);
        scores.Add(
            $"{Nodes} nodes after a restart: connection attempts in one second",
            $"<= {MostAttempts}",
            $"{attempts}",
            attempts <= MostAttempts);
        await crowd.SendAsync("stop");
    }

    private static async Task<JsonElement?> UntilAsync(Child crowd, Func<JsonElement, bool> condition)
    {
        var began = Clock.Milliseconds;
        while (Clock.Milliseconds - began < HangLimit.TotalMilliseconds)
        {
            var report = await crowd.SendAsync("report");
            if (condition(report))
                return report;
            await Clock.DelayAsync(0.1);
        }

        return null;
    }
}
