using EventBus.Chaos.Direction;
using EventBus.Chaos.Faults;
using EventBus.Testing;

namespace EventBus.Chaos.Promises;

/// <summary>
/// Kills, cuts, restarts and crashes under load: every event is received or reported, and every emit has its true outcome.
/// </summary>
internal sealed class ExactAccounts(Scoreboard scores, Random random, TimeSpan duration)
{
    private const int Nodes = 3;
    private const int Publishers = 3;
    private const int PublishTimeout = 2_000;
    private const double Pause = 0.05;

    /// <summary>The most events that a restart can hide from the raw listener, because they were committed in its last moment.</summary>
    private const int MostUnobserved = 50;
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, int> _faults = [];

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        var nodes = new List<Child>();
        var publishers = new List<Child>();
        for (var i = 0; i < Nodes; i++)
            nodes.Add(await stage.AddAsync($"node-{i}", "node", ("receivers", 2)));

        // The last publisher is a node, which also sends heartbeats.
        for (var i = 0; i < Publishers; i++)
        {
            var asNode = i == Publishers - 1 ? 1 : 0;
            publishers.Add(await stage.AddAsync(
                $"publisher-{i}", "publisher", ("index", i), ("publishTimeout", PublishTimeout), ("asNode", asNode)));
        }


        nodes[^1].Proxy.IsSplitting = publishers[0].Proxy.IsSplitting = true;
        nodes[0].Proxy.Delay = TimeSpan.FromMilliseconds(2);

        // From the first event on, the receivers know each source.
        await Accounts.CompleteLastAsync(nodes, publishers);
        foreach (var publisher in publishers)
            await publisher.SendAsync("load", ("rate", 150), ("attachEvery", 10), ("bytes", 200));
        await CauseFaultsAsync(stage, nodes, publishers);
        foreach (var publisher in publishers)
            await publisher.SendAsync("pause");

        // The last event exposes what was lost before, so every receiver listens by then.
        foreach (var node in nodes)
            await Accounts.UntilConnectedAsync(node, BackLimit);
        var lasts = await Accounts.CompleteLastAsync(nodes, publishers);
        var accounts = await Accounts.ReadAsync(stage, nodes, publishers, lasts);
        Judge(accounts);
    }

    private void Judge(Accounts accounts)
    {
        var restarts = _faults.Where(static fault => fault.Key.StartsWith("restarts", StringComparison.Ordinal) || fault.Key == "crashes")
            .Sum(static fault => fault.Value);
        var faults = string.Join(", ", _faults.OrderBy(static fault => fault.Key).Select(static fault => $"{fault.Value} {fault.Key}"));
        scores.Add("the faults were caused", "each kind at least once", faults, _faults.Count == 8);
        scores.Add(
            "received + reported = numbered, per source and node",
            "0 differences",
            $"{accounts.Differences.Count} differences in {accounts.Balances} balances; {accounts.Numbered:N0} events numbered, "
                + $"{accounts.Received:N0} received, {accounts.Reported:N0} reported{Examples(accounts.Differences)}",
            accounts.Differences.Count == 0 && accounts.Balances == Nodes * 2 * Publishers);
        scores.Add(
            "completed = committed",
            "0 differences",
            $"{accounts.NotCommitted} completed emits were not committed; {accounts.Completed:N0} completed, "
                + $"{accounts.Unknown:N0} unknown, {accounts.Unobserved:N0} not observable during restarts",
            accounts is { NotCommitted: 0, Completed: > 0 } && accounts.Unobserved <= MostUnobserved * restarts);
        scores.Add(
            "not sent never arrives",
            "0",
            $"{accounts.SentAfterAll} of {accounts.NotSent:N0} arrived",
            accounts is { SentAfterAll: 0, NotSent: > 0 });
        scores.Add("no other failure of an emit", "0", $"{accounts.OtherFailures}", accounts.OtherFailures == 0);
        scores.Add(
            "nothing arrives twice or out of order in a handler", "0", $"{accounts.Disordered}", accounts.Disordered == 0);
        scores.Add(
            "nothing arrives twice or out of order at a raw listener",
            "0",
            $"{accounts.RepeatedRaw} twice, {accounts.DisorderedRaw} out of order, {accounts.InconsistentRaw} with a wrong number "
                + $"of {accounts.Observed:N0}",
            accounts.RepeatedRaw + accounts.DisorderedRaw + accounts.InconsistentRaw == 0 && accounts.Observed > 0);
    }

    private static string Examples(List<string> differences) =>
        differences.Count == 0 ? "" : $": {string.Join("; ", differences.Take(5))}";

    private async Task CauseFaultsAsync(Stage stage, List<Child> nodes, List<Child> publishers)
    {
        var began = Clock.Milliseconds;
        var restarts = new Queue<double>(Enumerable.Range(1, Math.Max(3, (int)(duration.TotalSeconds / 15)))
            .Select(i => began + (duration.TotalMilliseconds * i / (Math.Max(3, (int)(duration.TotalSeconds / 15)) + 1))));
        for (var round = 0; Clock.Milliseconds - began < duration.TotalMilliseconds || restarts.Count > 0; round++)
        {
            if (restarts.TryPeek(out var due) && Clock.Milliseconds >= due)
            {
                restarts.Dequeue();
                await RestartAsync(stage, restarts.Count % 3, nodes, publishers);
                continue;
            }

            var publisher = publishers[random.Next(publishers.Count)];
            switch (random.Next(3))
            {
                case 0:
                    var node = nodes[random.Next(nodes.Count)];
                    Count("listeners killed", await node.KillBackendsAsync(stage, static link => link.IsListening));
                    break;
                case 1:
                    Count("publishers killed", await publisher.KillBackendsAsync(stage, static link => link.IsPublishing));
                    break;
                default:
                    await CutAsync(publisher, (Cut)random.Next(1, 4));
                    break;
            }

            await Clock.DelayAsync(Pause * (0.5 + random.NextDouble()));
        }
    }

    private async Task RestartAsync(Stage stage, int kind, List<Child> nodes, List<Child> publishers)
    {
        var (name, restart) = kind switch
        {
            0 => ("restarts (fast)", async () =>
            {
                // Long enough for events to expire while they wait.
                await stage.Server.StopAsync(ServerStop.Fast);
                await Clock.DelayAsync(1.5 * PublishTimeout / 1_000);
                await stage.Server.StartAgainAsync();
            }
            ),
            1 => ("restarts (immediate)", () => stage.Server.RestartAsync(ServerStop.Immediate)),
            _ => ("crashes", (Func<Task>)stage.CrashAsync),
        };
        await stage.RestartAsync(restart);
        Count(name, 1);

        // Faults go on when the processes are back: otherwise nothing would be under load.
        foreach (var node in nodes)
            await Accounts.UntilConnectedAsync(node, BackLimit);
        foreach (var publisher in publishers)
            await Accounts.UntilPublishingAsync(publisher, BackLimit);
    }

    private async Task CutAsync(Child publisher, Cut cut)
    {
        publisher.Proxy.Arm(cut);
        for (var tries = 0; publisher.Proxy.IsArmed && tries < 100; tries++)
            await Clock.DelayAsync(0.02);
        var name = cut switch
        {
            Cut.BeforeRequest => "requests cut before the server",
            Cut.InRequest => "requests cut in the middle",
            _ => "replies cut",
        };
        if (publisher.Proxy.IsArmed)
            publisher.Proxy.Arm(Cut.None);
        else
            Count(name, 1);
    }

    private void Count(string fault, int times)
    {
        if (times > 0)
            _faults[fault] = _faults.GetValueOrDefault(fault) + times;
    }
}
