using System.Collections.Concurrent;
using System.Diagnostics;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Chaos;

/// <summary>Asks nodes at random, and holds every answer against what is certain: who lived throughout and was known is in it or missing, nobody is in it twice, nobody who was gone, nobody unknown.</summary>
internal sealed class Questioner(ChaosCluster cluster, TimeSpan timeout)
{
    /// <summary>How many times its timeout a question may take: the rest is the machine's.</summary>
    private const int Margin = 5;

    private readonly ConcurrentDictionary<string, int> _asked = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentQueue<(ChaosNode Asker, string Name, string Item, Func<ChaosNode, IEnumerable<string>> Tells)> _unknown = new();
    private int _partial;
    private int _rooms;

    /// <summary>How many questions of each kind were answered.</summary>
    public IReadOnlyDictionary<string, int> Asked => _asked;

    /// <summary>How many answers were partial, and said so.</summary>
    public int Partial => _partial;

    /// <summary>What must not be.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Asks one question of one node.</summary>
    public async Task AskAsync(Random random)
    {
        var present = cluster.Present;
        var asker = present[random.Next(present.Length)];
        var kind = random.Next(5);
        var began = cluster.Moments.Next();
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var name = kind switch
            {
                0 => await FetchAsync(asker, began),
                1 => await AskSocketsAsync(asker, "all", began),
                2 => await AskNodesAsync(asker, began),
                3 => await CountAsync(asker, began),
                _ => await JoinAndAskAsync(asker, began),
            };
            _asked.AddOrUpdate(name, 1, static (_, count) => count + 1);
            var elapsed = Stopwatch.GetElapsedTime(clock);
            if (elapsed > timeout * Margin)
                Violate(asker, name, $"took {elapsed}, with a timeout of {timeout}");
        }
        catch (Exception exception) when (asker.Explains(exception))
        {
            _asked.AddOrUpdate("cut short", 1, static (_, count) => count + 1);
        }
        catch (Exception exception) when (asker.ExplainsByCut(exception, began))
        {
            _asked.AddOrUpdate("cut off", 1, static (_, count) => count + 1);
        }
        catch (Exception exception) when (exception is EventBusException or CommandFailedException)
        {
            Violate(asker, $"question {kind}", exception.ToString());
        }
    }

    /// <summary>To be called when every node has started: what no node has was made up.</summary>
    public void CheckUnknown()
    {
        foreach (var (asker, name, item, tells) in _unknown)
        {
            if (!cluster.All.Any(node => tells(node).Contains(item)))
                Violate(asker, name, $"'{item}' is unknown");
        }
    }

    private async Task<string> FetchAsync(ChaosNode asker, long began)
    {
        const string name = "fetchSockets";
        var (sockets, missing) = await asker.FetchSocketsAsync("all", timeout);
        Check(asker, name, sockets, static node => node.Sockets.Select(static socket => socket.Id), missing, began, isAsker: true);
        return name;
    }

    private async Task<string> AskSocketsAsync(ChaosNode asker, string room, long began)
    {
        const string name = "emitWithAck";
        var acks = await asker.AskSocketsAsync(room, timeout);
        var lacks = acks.IsTimedOut || acks.Missing is null;
        Check(asker, name, acks.Responses, static node => node.Sockets.Select(static socket => socket.Answer), acks.Missing ?? [], began, isAsker: true, mayLack: lacks && !acks.IsComplete, joins: room != "all");
        if (acks.Responses.Length > acks.Expected)
            Violate(asker, name, $"{acks.Responses.Length} answers of {acks.Expected} sockets");
        if (!acks.IsComplete)
            Interlocked.Increment(ref _partial);
        return room == "all" ? name : "emitWithAck after socketsJoin";
    }

    private async Task<string> AskNodesAsync(ChaosNode asker, long began)
    {
        const string name = "serverSideEmitWithAck";
        var (uids, missing) = await asker.AskNodesAsync(timeout);
        Check(asker, name, uids, static node => [node.Uid], missing, began, isAsker: false);
        return name;
    }

    private async Task<string> CountAsync(ChaosNode asker, long began)
    {
        const string name = "serverCount";
        var count = await asker.CountNodesAsync();
        var ended = cluster.Moments.Next();
        var certain = 1 + Certain(asker, began, ended).Count();
        if (count < certain || count > cluster.Begun)
            Violate(asker, name, $"{count} of at least {certain} and at most {cluster.Begun}");
        return name;
    }

    private async Task<string> JoinAndAskAsync(ChaosNode asker, long began)
    {
        var room = $"room-{Interlocked.Increment(ref _rooms)}";
        await asker.JoinAsync("all", room);
        return await AskSocketsAsync(asker, room, began);
    }

    private IEnumerable<ChaosNode> Certain(ChaosNode asker, long began, long ended) =>
        cluster.All.Where(node => node != asker && node.LeavingAt > ended && cluster.Knew(asker, node, began));

    // A node that was cut may have missed that its sockets were to join a room, and then says truly that it has none there.
    private void Check(
        ChaosNode asker, string name, string[] told, Func<ChaosNode, IEnumerable<string>> tells, string[] missing, long began, bool isAsker, bool mayLack = false, bool joins = false)
    {
        var ended = cluster.Moments.Next();
        var all = cluster.All;
        if (missing.Length > 0)
            Interlocked.Increment(ref _partial);
        foreach (var twice in told.GroupBy(static item => item).Where(static group => group.Count() > 1))
            Violate(asker, name, $"'{twice.Key}' came {twice.Count()} times");
        foreach (var item in told)
        {
            // A node that is starting is not among all yet.
            var owner = all.FirstOrDefault(node => tells(node).Contains(item));
            if (owner is null)
                _unknown.Enqueue((asker, name, item, tells));
            else if (owner.GoneAt < began)
                Violate(asker, name, $"'{item}' is of a node that was gone");
        }

        foreach (var node in Certain(asker, began, ended))
        {
            var lacking = tells(node).Except(told).ToArray();
            if (lacking.Length > 0 && !missing.Contains(node.Uid) && !mayLack && !(joins && node.WasCut(began, ended)))
                Violate(asker, name, $"{node.Uid} lived throughout; '{string.Join(' ', lacking)}' is not in the answer, and it is not missing");
        }

        if (isAsker && !mayLack && asker.LeavingAt > ended && tells(asker).Except(told).Any())
            Violate(asker, name, "its own sockets are not in the answer");
        if (missing.Contains(asker.Uid))
            Violate(asker, name, "it misses itself");
    }

    private void Violate(ChaosNode asker, string question, string what) => _violations.Enqueue($"{question} of {asker.Uid}: {what}");
}
