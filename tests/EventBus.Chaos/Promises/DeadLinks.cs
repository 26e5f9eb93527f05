using EventBus.Chaos.Children;
using EventBus.Chaos.Direction;
using EventBus.Testing;

namespace EventBus.Chaos.Promises;

/// <summary>A dead connection is noticed within twice the keepalive, and the node listens again soon after the server is back.</summary>
internal sealed class DeadLinks(Scoreboard scores, TimeSpan duration)
{
    private const double Back = 1_000;
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(40);

    private static double Noticed => 2 * ChildOptions.KeepAlive.TotalMilliseconds;

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var calibration = new Calibration(stage.Control);
        var node = await stage.AddAsync("node", "node");
        var outage = Math.Clamp(duration.TotalSeconds / 2, 5, 15);

        await StalledAsync(node, calibration, outage);
        await StoppedBackendsAsync(stage, node, calibration, "its listening backend", static link => link.IsListening);
        await StoppedBackendsAsync(stage, node, calibration, "all its backends", static _ => true);
        await StoppedServerAsync(stage, node, calibration, outage);
    }

    private async Task StalledAsync(Child node, Calibration calibration, double outage)
    {
        node.ForgetStates();
        var began = Clock.Milliseconds;
        node.Proxy.Stall();
        scores.AddTime("stalled link: noticed", await UntilAsync(node, BusState.Reconnecting) - began, Noticed, calibration);
        await Clock.DelayAsync(outage);
        began = Clock.Milliseconds;
        node.Proxy.Resume();
        scores.AddTime(
            "stalled link: listening after the link is back", await UntilAsync(node, BusState.Connected) - began, Back, calibration);
    }

    private async Task StoppedBackendsAsync(
        Stage stage, Child node, Calibration calibration, string which, Func<Faults.ProxyLink, bool> ofLinks)
    {
        var backends = await node.FindBackendsAsync(stage, ofLinks);
        node.ForgetStates();
        var began = Clock.Milliseconds;
        foreach (var backend in backends)
            await stage.Server.PauseBackendAsync(backend);
        try
        {
            var noticed = await UntilAsync(node, BusState.Reconnecting);
            scores.AddTime($"SIGSTOP of {which}: noticed", noticed - began, Noticed, calibration);
            scores.AddTime(
                $"SIGSTOP of {which}: listening again", await UntilAsync(node, BusState.Connected) - began, Noticed + Back, calibration);
        }
        finally
        {
            foreach (var backend in backends)
                await stage.Server.ResumeBackendAsync(backend);
        }
    }

    private async Task StoppedServerAsync(Stage stage, Child node, Calibration calibration, double outage)
    {
        node.ForgetStates();
        await stage.Server.StopAsync(ServerStop.Fast);
        await UntilAsync(node, BusState.Reconnecting);
        await Clock.DelayAsync(outage);
        var reachable = stage.UntilReachableAsync();
        await stage.Server.StartAgainAsync();
        var back = await reachable;
        var again = await UntilAsync(node, BusState.Connected);
        scores.AddTime($"server stopped for {outage:N0} s: listening after it is back", Math.Max(0, again - back), Back, calibration);
    }

    private static Task<double> UntilAsync(Child node, BusState state) => node.UntilStateAsync(state, HangLimit);
}
