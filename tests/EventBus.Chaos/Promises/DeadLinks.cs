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
        await DroppedAsync(node, calibration, outage);
        await StoppedBackendsAsync(stage, node, calibration, "its listening backend", static link => link.IsListening);
        await StoppedBackendsAsync(stage, node, calibration, "all its backends", static _ => true);
        await StoppedServerAsync(stage, node, calibration, outage);
    }

    private async Task StalledAsync(Child node, Calibration calibration, double outage)
    {
        await BreakAsync("stalled link", node, calibration, node.Proxy.Stall);
        await Clock.DelayAsync(outage);
        await MendAsync("stalled link: after the link is back,", node, calibration, () => Resume(node.Proxy.Resume));
    }

    private async Task DroppedAsync(Child node, Calibration calibration, double outage)
    {
        await BreakAsync("dropped packets", node, calibration, node.Proxy.Drop);
        await Clock.DelayAsync(outage);
        await MendAsync("dropped packets: after the link is back,", node, calibration, () => Resume(node.Proxy.EndDropping));
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
        await MendAsync($"server stopped for {outage:N0} s: after it is back,", node, calibration, async () =>
        {
            var reachable = stage.UntilReachableAsync();
            await stage.Server.StartAgainAsync();
            return await reachable;
        });
    }

    private async Task BreakAsync(string link, Child node, Calibration calibration, Action fail)
    {
        node.ForgetStates();
        var began = Clock.Milliseconds;
        fail();
        scores.AddTime($"{link}: noticed", await UntilAsync(node, BusState.Reconnecting) - began, Noticed, calibration);
    }

    /// <param name="what">Begins the sentence that says when the node listens, and when it publishes.</param>
    /// <param name="node">The node.</param>
    /// <param name="calibration">The speed of the machine.</param>
    /// <param name="mend">Returns the moment at which the server could be reached.</param>
    private async Task MendAsync(string what, Child node, Calibration calibration, Func<Task<double>> mend)
    {
        var reconnects = await node.ReadReconnectsAsync();
        var listening = node.UntilListeningAgainAsync(reconnects, HangLimit);
        var back = await mend();
        scores.AddTime($"{what} listening", Math.Max(0, await listening - back), Back, calibration);

        // After an outage the second connection is spaced like an attempt, because many nodes may have waited for the server.
        scores.AddTime($"{what} publishing", Math.Max(0, await UntilAsync(node, BusState.Connected) - back), 2 * Back, calibration);
    }

    private static Task<double> Resume(Action resume)
    {
        var back = Clock.Milliseconds;
        resume();
        return Task.FromResult(back);
    }

    private static Task<double> UntilAsync(Child node, BusState state) => node.UntilStateAsync(state, HangLimit);
}
