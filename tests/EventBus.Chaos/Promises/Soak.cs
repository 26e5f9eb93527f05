using System.Text.Json;
using EventBus.Chaos.Direction;

namespace EventBus.Chaos.Promises;

/// <summary>A steady load for a long time: memory, connections, handles, threads and timers stay flat.</summary>
internal sealed class Soak(Scoreboard scores, TimeSpan duration, int rate)
{
    private const int Samples = 40;
    private const double Growth = 1.1;
    private static readonly string[] Measures = ["heap", "workingSet", "handles", "threads", "timers", "connections"];

    /// <summary>Noise that is no growth, in the unit of the measure.</summary>
    private static readonly double[] Noise = [8 << 20, 48 << 20, 20, 8, 4, 1];

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        var nodes = new List<Child>();
        var publishers = new List<Child>();
        for (var i = 0; i < 2; i++)
        {
            nodes.Add(await stage.AddAsync($"node-{i}", "node", ("receivers", 2)));
            publishers.Add(await stage.AddAsync($"publisher-{i}", "publisher", ("index", i)));
        }

        await Accounts.CompleteLastAsync(nodes, publishers);
        foreach (var publisher in publishers)
            await publisher.SendAsync("load", ("rate", rate / publishers.Count), ("attachEvery", 100), ("bytes", 200));

        var samples = new List<double[]>();
        Console.WriteLine($"| s | {string.Join(" | ", Measures)} |");
        for (var i = 1; i <= Samples; i++)
        {
            await Clock.DelayAsync(duration.TotalSeconds / Samples);
            samples.Add(await SampleAsync(stage, nodes[0]));
            var values = samples[^1].Select(static value => $"{value:N0}");
            Console.WriteLine($"| {duration.TotalSeconds * i / Samples:N0} | {string.Join(" | ", values)} |");
        }

        foreach (var publisher in publishers)
            await publisher.SendAsync("pause");
        var lasts = await Accounts.CompleteLastAsync(nodes, publishers);
        var accounts = await Accounts.ReadAsync(stage, nodes, publishers, lasts);
        Judge(accounts, samples);
    }

    private void Judge(Accounts accounts, List<double[]> samples)
    {
        for (var measure = 0; measure < Measures.Length; measure++)
        {
            var (early, late) = (Mean(samples[(Samples / 4)..(Samples / 2)], measure), Mean(samples[(Samples * 3 / 4)..], measure));
            scores.Add(
                $"soak: {Measures[measure]} of a node",
                "flat: last quarter <= 110 % of the second",
                $"{early:N0}, {late:N0}",
                late <= (early * Growth) + Noise[measure]);
        }

        var disordered = accounts.Disordered + accounts.DisorderedRaw + accounts.RepeatedRaw;
        scores.Add(
            "soak: events",
            $"{rate:N0} events/s, 0 lost, 0 twice, 0 out of order",
            $"{accounts.Completed / duration.TotalSeconds:N0} events/s; {accounts.Completed:N0} completed, {accounts.Reported} reported, "
                + $"{accounts.Differences.Count} differences, {disordered} twice or out of order",
            accounts.Completed >= 0.9 * rate * duration.TotalSeconds && disordered == 0 && accounts is { Reported: 0, Differences: [] });
    }

    private static double Mean(IEnumerable<double[]> samples, int measure) => samples.Average(sample => sample[measure]);

    private static async Task<double[]> SampleAsync(Stage stage, Child node)
    {
        // The delays are kept until they are taken.
        await node.SendAsync("delays");
        JsonElement report = await node.SendAsync("report");
        return
        [
            .. Measures.SkipLast(1).Select(measure => report.GetProperty(measure).GetDouble()),
            (long)(await stage.ExecuteAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'chaos %'"))!,
        ];
    }
}
