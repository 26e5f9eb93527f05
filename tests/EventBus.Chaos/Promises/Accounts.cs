using System.Text.Json;
using EventBus.Chaos.Direction;
using EventBus.Chaos.Truth;

namespace EventBus.Chaos.Promises;

/// <summary>Compares the outcomes that publishers remember, the raw listener's events, and the events and losses of the nodes.</summary>
internal sealed class Accounts
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    public List<string> Differences { get; } = [];

    public int Balances { get; private set; }

    public long Numbered { get; private set; }

    public long Received { get; private set; }

    public long Reported { get; private set; }

    public long Completed { get; private set; }

    public long Unknown { get; private set; }

    public long NotSent { get; private set; }

    public long OtherFailures { get; private set; }

    public long NotCommitted { get; private set; }

    public long SentAfterAll { get; private set; }

    public long Unobserved { get; private set; }

    public long Disordered { get; private set; }

    public long Observed { get; private set; }

    public long RepeatedRaw { get; private set; }

    public long DisorderedRaw { get; private set; }

    public long InconsistentRaw { get; private set; }

    public static async Task UntilConnectedAsync(Child node, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        while ((await node.SendAsync("report")).GetProperty("state").GetString() != $"{BusState.Connected}")
            await Clock.DelayAsync(0.05, timeout.Token);
    }

    /// <summary>Waits until further events of a publisher complete.</summary>
    public static async Task UntilPublishingAsync(Child publisher, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        var before = (await publisher.SendAsync("report")).GetString()!.Count('C');
        while ((await publisher.SendAsync("report")).GetString()!.Count('C') == before)
            await Clock.DelayAsync(0.05, timeout.Token);
    }

    /// <summary>Each publisher emits until one event completes, and all receivers get it.</summary>
    /// <returns>The numbers of these events.</returns>
    public static async Task<long[]> CompleteLastAsync(IReadOnlyList<Child> nodes, IReadOnlyList<Child> publishers)
    {
        var lasts = new long[publishers.Count];
        for (var i = 0; i < publishers.Count; i++)
            lasts[i] = (await publishers[i].SendAsync("last")).GetInt64();
        using var timeout = new CancellationTokenSource(HangLimit, TimeProvider.System);
        foreach (var node in nodes)
        {
            while (!HasAll(await node.SendAsync("report"), lasts))
                await Clock.DelayAsync(0.05, timeout.Token);
        }

        return lasts;
    }

    public static async Task<Accounts> ReadAsync(Stage stage, IReadOnlyList<Child> nodes, IReadOnlyList<Child> publishers, long[] lasts)
    {
        var accounts = new Accounts();
        var sources = stage.Observer.Sources;
        for (var i = 0; i < publishers.Count; i++)
        {
            var outcomes = (await publishers[i].SendAsync("report")).GetString()!;
            accounts.Compare(outcomes, sources.Single(source => source.Publisher == i));
        }

        foreach (var node in nodes)
        {
            var report = await node.SendAsync("report");
            foreach (var source in sources)
            {
                if (source.Publisher is { } publisher)
                    accounts.Balance(node.Name, report, source, publisher, lasts[publisher]);
            }
        }

        foreach (var source in sources)
        {
            accounts.Observed += source.Count;
            accounts.RepeatedRaw += source.Repeated;
            accounts.DisorderedRaw += source.Disordered;
            accounts.InconsistentRaw += source.Inconsistent;
        }

        return accounts;
    }

    private static bool HasAll(JsonElement report, long[] lasts) =>
        report.GetProperty("arrivals").EnumerateArray().All(arrivals => Enumerable.Range(0, lasts.Length).All(publisher =>
            arrivals.TryGetProperty($"{publisher}", out var track) && track.GetProperty("last").GetInt64() == lasts[publisher]));

    private void Compare(string outcomes, ObservedSource source)
    {
        Numbered += outcomes.Length;
        for (var number = 0; number < outcomes.Length; number++)
        {
            var isObserved = source.Has(number);
            switch (outcomes[number])
            {
                case 'C':
                    Completed++;
                    if (!isObserved && source.IsUnobserved(number))
                        Unobserved++;
                    else if (!isObserved)
                        NotCommitted++;
                    break;
                case 'N':
                    NotSent++;
                    SentAfterAll += isObserved ? 1 : 0;
                    break;
                case 'U':
                    Unknown++;
                    break;
                default:
                    OtherFailures++;
                    break;
            }
        }
    }

    private void Balance(string node, JsonElement report, ObservedSource source, int publisher, long last)
    {
        var reported = report.GetProperty("lost").TryGetProperty(source.Name, out var lost) ? lost.GetInt64() : 0;
        Reported += reported;
        foreach (var arrivals in report.GetProperty("arrivals").EnumerateArray())
        {
            var track = arrivals.GetProperty($"{publisher}");
            var (first, count) = (track.GetProperty("first").GetInt64(), track.GetProperty("count").GetInt64());
            Balances++;
            Received += count;
            Disordered += track.GetProperty("disordered").GetInt64();
            if (count + reported != last - first + 1)
                Differences.Add($"{node}, publisher {publisher}: {count} + {reported} != {last - first + 1}");
        }
    }
}
