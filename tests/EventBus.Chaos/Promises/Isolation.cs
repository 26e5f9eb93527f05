using EventBus.Chaos.Direction;

namespace EventBus.Chaos.Promises;

/// <summary>A blocked receiver and a frozen node do not delay the others.</summary>
internal sealed class Isolation(Scoreboard scores, TimeSpan duration)
{
    private const int Receivers = 20;
    private const double Allowed = 1.1;
    private const double WarmUp = 3;

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var calibration = new Calibration(stage.Control);
        var nodes = new List<Child>();
        for (var i = 0; i < 3; i++)
            nodes.Add(await stage.AddAsync($"node-{i}", "node", ("receivers", Receivers), ("socketQueue", 128), ("socketOverflow", 8_192)));
        var publisher = await stage.AddAsync("publisher", "publisher", ("index", 0));
        await publisher.SendAsync("load", ("rate", 100), ("attachEvery", 20));
        var seconds = Math.Clamp(duration.TotalSeconds / 5, 4, 60);

        // The receiver with the index 0 is not one of the others. When its queue is full, the others wait once, for half a second: that is
        // over before the measurement.
        await Clock.DelayAsync(WarmUp);
        var before = await MeasureAsync(nodes, seconds, 1);
        await nodes[0].SendAsync("block");
        while ((await nodes[0].SendAsync("report")).GetProperty("dropped").GetInt64() == 0)
            await Clock.DelayAsync(0.1);
        var blocked = await MeasureAsync(nodes[..1], seconds, 1);
        await nodes[0].SendAsync("unblock");
        var between = await MeasureAsync(nodes, seconds, 1);

        await Signals.SendAsync("STOP", nodes[2].ProcessId);
        double frozen;
        try
        {
            frozen = await MeasureAsync(nodes[..2], seconds, 1);
        }
        finally
        {
            await Signals.SendAsync("CONT", nodes[2].ProcessId);
        }

        var after = await MeasureAsync(nodes[..2], seconds, 1);
        await publisher.SendAsync("pause");
        Judge($"one of {Receivers} receivers blocked: p99 of the others", blocked, before, between, calibration);
        Judge($"one of {nodes.Count} nodes frozen for {seconds:N0} s: p99 of the others", frozen, between, after, calibration);
    }

    /// <summary>The slower of the measurements before and after shows the noise of the machine.</summary>
    private void Judge(string promise, double during, double before, double after, Calibration calibration)
    {
        var limit = (Math.Max(before, after) * Allowed) + calibration.Connect;
        scores.Add(
            promise,
            "<= 110 %",
            $"{during:N1} ms; {before:N1} ms before, {after:N1} ms after (limit here {limit:N1} ms: a connect takes "
                + $"{calibration.Connect:N0} ms)",
            during <= limit);
    }

    private static async Task<double> MeasureAsync(List<Child> nodes, double seconds, int from)
    {
        foreach (var node in nodes)
            await node.SendAsync("delays");
        await Clock.DelayAsync(seconds);
        var delays = new List<double>();
        foreach (var node in nodes)
            delays.AddRange(Percentile.Read(await node.SendAsync("delays", ("from", from))));
        return Percentile.Of99(delays);
    }
}
