using System.Diagnostics;
using System.Globalization;
using EventBus.Testing;

namespace EventBus.InteropTests.Chaos;

/// <summary>
/// Nodes join, leave, are killed and lose their connections at random while others make requests. EVENTBUS_CHAOS_SECONDS sets the duration.
/// EVENTBUS_CHAOS_SEED repeats the decisions; the timing between them is the machine's.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Requesters = 4;
    private const int LeastLeft = 2;
    private const int MostNodes = 7;
    private const int MostStarting = 2;
    private const int MostCut = 2;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30 * 60 * 1000)]
    public async Task Requests_end_in_time_with_complete_or_honestly_partial_results()
    {
        var seconds = Number("EVENTBUS_CHAOS_SECONDS") ?? 60;
        var seed = Number("EVENTBUS_CHAOS_SEED") ?? Random.Shared.Next();
        output.WriteLine($"EVENTBUS_CHAOS_SEED={seed}");
        await using var server = await PostgresServer.StartAsync(cancellationToken: Cancellation);
        var application = $"chaos-{Guid.NewGuid():N}"[..20];
        var options = new EventBusOptions
        {
            ChannelPrefix = PostgresFixture.NewPrefix(),
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            HeartbeatTimeout = TimeSpan.FromSeconds(10),
        };
        await using (var cluster = new ChaosCluster(server.ConnectionString, application, options))
        {
            for (var i = 0; i < 4; i++)
                await cluster.StartAsync(asProcess: i % 2 == 1);

            var requester = new Requester(cluster, Timeout);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            var requesting = Enumerable.Range(0, Requesters)
                .Select(i => RequestAsync(requester, new Random(seed + 1 + i), enough.Token))
                .ToArray();
            var (killed, stopped, cut) = await ChurnAsync(cluster, new Random(seed), TimeSpan.FromSeconds(seconds));
            await enough.CancelAsync();
            await Task.WhenAll(requesting);
            requester.CheckUnknown();

            var completed = requester.Completed.OrderBy(static kind => kind.Key).Select(static kind => $"{kind.Value} {kind.Key}");
            output.WriteLine(
                $"{cluster.All.Length} nodes, {killed} killed, {stopped} stopped, {cut} cut; "
                + $"{string.Join(", ", completed)}; {requester.Partial} partial");
            Assert.True(requester.Violations.Count == 0, $"EVENTBUS_CHAOS_SEED={seed}\n{string.Join('\n', requester.Violations.Take(20))}");
            Assert.All(
                (string[])["fetchSockets", "emitWithAck", "serverSideEmitWithAck", "serverCount", "emitWithAck after socketsJoin"],
                kind => Assert.Contains(kind, requester.Completed));
            await ConvergeAsync(cluster);
            foreach (var node in cluster.Present)
                await node.LeaveAsync(kill: false, cluster.Moments);
        }

        await UntilNoConnectionIsLeftAsync(server, application);
    }

    // The pauses set the rate of joins and leaves; no check depends on them.
    private static async Task<(int Killed, int Stopped, int Cut)> ChurnAsync(ChaosCluster cluster, Random random, TimeSpan duration)
    {
        var (killed, stopped) = (0, 0);
        var (starting, cutting) = (new List<Task>(), new List<Task>());
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration || killed < 3 || stopped < 3 || cutting.Count < 3)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1_000)), TimeProvider.System, Cancellation);
            var present = cluster.Present;
            if (random.Next(3) == 0
                && cutting.Count(static cut => !cut.IsCompleted) < MostCut
                && Array.FindAll(present, static node => node.IsIntroduced) is { Length: > 0 } introduced)
            {
                cutting.Add(cluster.CutAsync(introduced[random.Next(introduced.Length)], all: random.Next(3) == 0, Timeout));
                continue;
            }

            var coming = starting.Count(static start => !start.IsCompleted);
            if (present.Length <= LeastLeft || (present.Length + coming < MostNodes && random.Next(2) == 0))
            {
                if (coming < MostStarting)
                    starting.Add(cluster.StartAsync(asProcess: random.Next(3) > 0));
                continue;
            }

            var node = present[random.Next(present.Length)];
            if (node is InProcessNode && present.OfType<InProcessNode>().Count() == 1)
                continue;
            var kill = node.CanBeKilled && random.Next(3) > 0;
            await node.LeaveAsync(kill, cluster.Moments);
            (killed, stopped) = kill ? (killed + 1, stopped) : (killed, stopped + 1);
        }

        await Task.WhenAll(starting);
        await Task.WhenAll(cutting);
        return (killed, stopped, cutting.Count);
    }

    private static async Task RequestAsync(Requester requester, Random random, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await requester.RequestAsync(random);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50)), TimeProvider.System, CancellationToken.None);
        }
    }

    // A killed node gets requests until it expires, so each attempt before takes up to the timeout.
    private static async Task ConvergeAsync(ChaosCluster cluster)
    {
        var survivors = cluster.Present;
        var uids = survivors.Select(static node => node.Uid).Order(StringComparer.Ordinal).ToArray();
        var sockets = survivors.SelectMany(static node => node.Sockets)
            .Select(static socket => socket.Id)
            .Order(StringComparer.Ordinal)
            .ToArray();
        foreach (var node in survivors)
        {
            string[] responded, missing;
            do
                (responded, missing) = await node.RequestUidsAsync(Timeout);
            while (missing.Length > 0 || responded.Length < survivors.Length - 1);
            Assert.Equal(uids.Where(uid => uid != node.Uid), responded.Order(StringComparer.Ordinal));
            Assert.Equal(survivors.Length, await node.CountNodesAsync());

            var (fetched, none) = await node.FetchSocketsAsync("all", Timeout * 5);
            Assert.Equal(sockets, fetched.Order(StringComparer.Ordinal));
            Assert.Empty(none);
        }

        Assert.All(survivors.OfType<InProcessNode>(), static node => Assert.Equal(0, node.OpenRequests));
    }

    private static async Task UntilNoConnectionIsLeftAsync(PostgresServer server, string application)
    {
        await using var observer = server.CreateDataSource();
        await using var command = observer.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE starts_with(application_name, $1)");
        command.Parameters.AddWithValue(application);
        while (await command.ExecuteScalarAsync(Cancellation) is not 0L)
        {
            // A backend takes a moment to end. If one never does, the timeout of the test ends the wait.
        }
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
