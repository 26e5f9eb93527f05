using System.Text;
using System.Text.Json;
using EventBus.Chaos.Direction;
using EventBus.Chaos.Faults;

namespace EventBus.Chaos.Promises;

/// <summary>
/// A role that may only connect sends forged messages: real events arrive, in time, and work, memory and logs are bounded.
/// </summary>
internal sealed class Attacks(Scoreboard scores, TimeSpan duration)
{
    private const double Slower = 2;
    private const long MostMemory = 64L << 20;
    private const double MostBytesPerByte = 10;
    private const double MostLogLinesPerMinute = 60;
    private const double ArrivalLimit = 15_000;
    private const string Uid = "00000000000000ff";
    private const string Everybody = """{"rooms":[],"except":[],"flags":{}}""";

    private long _missingBefore;

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var calibration = new Calibration(stage.Control);
        await using var forger = await Forger.CreateAsync(stage);
        Child[] nodes =
        [
            await stage.AddAsync("node-0", "node", ("receivers", 5)),
            await stage.AddAsync("node-1", "node", ("receivers", 5)),
        ];
        var publisher = await stage.AddAsync("publisher", "publisher", ("index", 0));
        await Accounts.CompleteLastAsync(nodes, [publisher]);
        var source = stage.Observer.Sources.Single(static source => source.Publisher == 0);

        (string Name, Func<long, string> Payload, double MostPerSecond)[] attacks =
        [
            ("malformed messages", static i => $"malformed {i}{new string('x', 500)}", double.MaxValue),
            ("fetches of all sockets", static i => Message(7, i, $$"""{"opts":{{Everybody}},"requestId":"{{i:x16}}"}"""), double.MaxValue),
            ("joins of all sockets", static i => Message(4, i, $$"""{"opts":{{Everybody}},"rooms":["r{{i}}"]}"""), double.MaxValue),
            ("disconnects of all sockets", static i => Message(6, i, $$"""{"opts":{{Everybody}},"close":true}"""), double.MaxValue),
            (
                "headers that name one attachment",
                static i => $$"""{"uid":"{{Uid}}","type":3,"attachmentId":"1","i":{{i}}}""",
                double.MaxValue),
            ("numbers of a real source", i => Message(9, i, """{"packet":["forged"]}""", (source.Name, source.Last + 1_000_000)), 2),

            // These leave traces in the nodes for a while, so they come last.
            ("goodbyes of invented nodes", static i => Message(13, i, uid: $"{i:x16}"), double.MaxValue),
            ("hellos of invented nodes", static i => Message(1, i, uid: $"{i:x16}"), double.MaxValue),
        ];
        var seconds = Math.Max(3, duration.TotalSeconds / attacks.Length / 2);
        foreach (var (name, payload, mostPerSecond) in attacks)
            await TestAsync(stage, calibration, forger, nodes, publisher, name, seconds, payload, mostPerSecond);
    }

    private async Task TestAsync(
        Stage stage,
        Calibration calibration,
        Forger forger,
        Child[] nodes,
        Child publisher,
        string name,
        double seconds,
        Func<long, string> payload,
        double mostPerSecond)
    {
        await publisher.SendAsync("load", ("rate", 50), ("attachEvery", 20));
        await TakeDelaysAsync(nodes);
        await forger.AttackAsync("foreign#/", seconds, payload, mostPerSecond);
        var quiet = Percentile.Of99(await TakeDelaysAsync(nodes));

        var before = await ReportAsync(nodes);
        var passed = nodes.Sum(static node => node.Proxy.Bytes);
        var sent = await forger.AttackAsync($"{stage.Name}#/", seconds, payload, mostPerSecond);
        await publisher.SendAsync("pause");
        var missing = await UntilArrivedAsync(nodes, publisher) - _missingBefore;
        _missingBefore += missing;
        var attacked = Percentile.Of99(await TakeDelaysAsync(nodes));
        var perByte = (double)(nodes.Sum(static node => node.Proxy.Bytes) - passed) / sent;
        var after = await ReportAsync(nodes);

        var memory = nodes.Select((_, i) => Of(after[i], "heap") - Of(before[i], "heap")).Max();
        var lines = nodes.Select((_, i) => Of(after[i], "logged") - Of(before[i], "logged")).Max();
        var limit = (quiet * Slower) + calibration.Connect;
        scores.Add(
            $"{seconds:N0} s of {name}",
            "p99 <= 200 %, <= 64 MB, <= 10 bytes per byte, <= 60 log lines a minute, 0 lost",
            $"p99 {attacked:N0} ms, on a foreign channel {quiet:N0} ms (limit here {limit:N0} ms); {memory / (1 << 20):N0} MB; "
                + $"{perByte:N1} bytes per byte of {sent / seconds / 1_000:N0} kB/s; {lines} log lines; {missing} deliveries lost",
            attacked <= limit
                && memory <= MostMemory
                && (perByte <= MostBytesPerByte || mostPerSecond < double.MaxValue)
                && lines <= MostLogLinesPerMinute * Math.Max(1, seconds / 60)
                && missing == 0);
    }

    /// <summary>Waits until all completed events are in all receivers.</summary>
    /// <returns>How many did not arrive.</returns>
    private async Task<long> UntilArrivedAsync(Child[] nodes, Child publisher)
    {
        var completed = (await publisher.SendAsync("report")).GetString()!.Count(static outcome => outcome == 'C');
        var began = Clock.Milliseconds;
        while (true)
        {
            var missing = (await ReportAsync(nodes)).Sum(report => report.GetProperty("arrivals").EnumerateArray()
                .Sum(arrivals => completed - arrivals.GetProperty("0").GetProperty("count").GetInt64()));
            if (missing == _missingBefore || Clock.Milliseconds - began > ArrivalLimit)
                return missing;
            await Clock.DelayAsync(0.1);
        }
    }

    private static async Task<List<double>> TakeDelaysAsync(Child[] nodes)
    {
        var delays = new List<double>();
        foreach (var node in nodes)
            delays.AddRange(Percentile.Read(await node.SendAsync("delays")));
        return delays;
    }

    private static Task<JsonElement[]> ReportAsync(Child[] nodes) => Task.WhenAll(nodes.Select(static node => node.SendAsync("report")));

    private static long Of(JsonElement report, string name) => report.GetProperty(name).GetInt64();

    private static string Message(
        int type, long number, string? data = null, (string Source, long Number)? own = null, string uid = Uid)
    {
        var message = new StringBuilder($"{{\"type\":{type},");
        if (data is not null)
            message.Append($"\"data\":{data},");
        message.Append($"\"uid\":\"{uid}\",\"nsp\":\"/\",\"i\":{number}");
        if (own is var (source, last))
            message.Append($",\"eb\":{{\"s\":\"{source}\",\"n\":{last}}}");
        return message.Append('}').ToString();
    }
}
