using EventBus.Chaos.Direction;

namespace EventBus.Chaos.Promises;

/// <summary>A blocked receiver and a frozen node do not delay the others.</summary>
internal sealed class Isolation(Scoreboard scores, TimeSpan duration)
{
    private const int Receivers = 20;
    private const double Allowed = 1.1;
    private const double WarmUp = 3;
    private const int Attempts = 3;

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
        await JudgeAsync(
            $"one of {Receivers} receivers blocked: p99 of the others",
            calibration,
            () => MeasureAsync(nodes, seconds),
            async () =>
            {
                await nodes[0].SendAsync("block");
                var dropped = (await nodes[0].SendAsync("report")).GetProperty("dropped").GetInt64();
                while ((await nodes[0].SendAsync("report")).GetProperty("dropped").GetInt64() == dropped)
                    await Clock.DelayAsync(0.1);
                var blocked = await MeasureAsync(nodes[..1], seconds);
                await nodes[0].SendAsync("unblock");
                return blocked;
            });
        await JudgeAsync(
            $"one of {nodes.Count} nodes frozen for {seconds:N0} s: p99 of the others",
            calibration,
            () => MeasureAsync(nodes[..2], seconds),
            async () =>
            {
                await Signals.SendAsync("STOP", nodes[2].ProcessId);
                try
                {
                    return await MeasureAsync(nodes[..2], seconds);
                }
                finally
                {
                    await Signals.SendAsync("CONT", nodes[2].ProcessId);
                }
            });
        await publisher.SendAsync("pause");
    }

    /// <summary>
    /// The slower of the measurements before and after shows the noise of the machine. Noise in the middle alone is possible, too, but not
    /// three times in a row.
    /// </summary>
    private async Task JudgeAsync(string promise, Calibration calibration, Func<Task<double>> measure, Func<Task<double>> disturb)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await measure();
            var during = await disturb();
            var after = await measure();
            var limit = (Math.Max(before, after) * Allowed) + calibration.Connect;
            if (during > limit && attempt < Attempts)
                continue;
            scores.Add(
                promise,
                "<= 110 %",
                $"{during:N1} ms; {before:N1} ms before, {after:N1} ms after (limit here {limit:N1} ms: a connect takes "
                    + $"{calibration.Connect:N0} ms); attempt {attempt}",
                during <= limit);
            return;
        }
    }

    private static async Task<double> MeasureAsync(List<Child> nodes, double seconds)
    {
        foreach (var node in nodes)
            await node.SendAsync("delays");
        await Clock.DelayAsync(seconds);
        var delays = new List<double>();
        foreach (var node in nodes)
            delays.AddRange(Percentile.Read(await node.SendAsync("delays", ("from", 1))));
        return Percentile.Of99(delays);
    }
}
