using System.Collections.Concurrent;
using System.Diagnostics;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Chaos;

/// <summary>
/// Makes requests through random nodes and checks each result: it contains every node that lived throughout and was known, or names it as
/// missing; it contains none twice, none that was gone, and none that is unknown.
/// </summary>
internal sealed class Requester(ChaosCluster cluster, TimeSpan timeout)
{
    /// <summary>The multiple of its timeout that a request may take on a loaded machine.</summary>
    private const int Margin = 5;

    private readonly ConcurrentDictionary<string, int> _completed = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly ConcurrentQueue<(ChaosNode Sender, string Name, string Ack, Func<ChaosNode, IEnumerable<string>> Of)> _unknown = [];
    private int _partial;
    private int _rooms;

    /// <summary>The number of completed requests of each kind.</summary>
    public IReadOnlyDictionary<string, int> Completed => _completed;

    /// <summary>The number of results that were partial, and reported so.</summary>
    public int Partial => _partial;

    /// <summary>The violations.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Makes one request through one node.</summary>
    public async Task RequestAsync(Random random)
    {
        var present = cluster.Present;
        var sender = present[random.Next(present.Length)];
        var kind = random.Next(5);
        var began = cluster.Moments.Next();
        var clock = Stopwatch.GetTimestamp();
        try
        {
            var name = kind switch
            {
                0 => await FetchAsync(sender, began),
                1 => await RequestAcksAsync(sender, "all", began),
                2 => await RequestUidsAsync(sender, began),
                3 => await CountAsync(sender, began),
                _ => await JoinAndRequestAsync(sender, began),
            };
            _completed.AddOrUpdate(name, 1, static (_, count) => count + 1);
            var elapsed = Stopwatch.GetElapsedTime(clock);
            if (elapsed > timeout * Margin)
                Violate(sender, name, $"took {elapsed}, with a timeout of {timeout}");
        }
        catch (Exception exception) when (sender.Explains(exception))
        {
            _completed.AddOrUpdate("cut short", 1, static (_, count) => count + 1);
        }
        catch (Exception exception) when (sender.ExplainsByCut(exception, began))
        {
            _completed.AddOrUpdate("cut off", 1, static (_, count) => count + 1);
        }
        catch (Exception exception) when (exception is EventBusException or CommandFailedException)
        {
            Violate(sender, $"request {kind}", exception.ToString());
        }
    }

    /// <summary>Call it when every node has started: acks of unknown sockets are violations.</summary>
    public void CheckUnknown()
    {
        foreach (var (sender, name, item, acksOf) in _unknown)
        {
            if (!cluster.All.Any(node => acksOf(node).Contains(item)))
                Violate(sender, name, $"'{item}' is unknown");
        }
    }

    private async Task<string> FetchAsync(ChaosNode sender, long began)
    {
        const string name = "fetchSockets";
        var (sockets, missing) = await sender.FetchSocketsAsync("all", timeout);
        Check(sender, name, sockets, static node => node.Sockets.Select(static socket => socket.Id), missing, began, includesOwn: true);
        return name;
    }

    private async Task<string> RequestAcksAsync(ChaosNode sender, string room, long began)
    {
        const string name = "emitWithAck";
        var acks = await sender.RequestAcksAsync(room, timeout);
        var lacks = acks.IsTimedOut || acks.Missing is null;
        Check(
            sender,
            name,
            acks.Responses,
            static node => node.Sockets.Select(static socket => socket.Ack),
            acks.Missing ?? [],
            began,
            includesOwn: true,
            mayLack: lacks && !acks.IsComplete,
            joins: room != "all");
        if (acks.Responses.Length > acks.Expected)
            Violate(sender, name, $"{acks.Responses.Length} acks of {acks.Expected} sockets");
        if (!acks.IsComplete)
            Interlocked.Increment(ref _partial);
        return room == "all" ? name : "emitWithAck after socketsJoin";
    }

    private async Task<string> RequestUidsAsync(ChaosNode sender, long began)
    {
        const string name = "serverSideEmitWithAck";
        var (uids, missing) = await sender.RequestUidsAsync(timeout);
        Check(sender, name, uids, static node => [node.Uid], missing, began, includesOwn: false);
        return name;
    }

    private async Task<string> CountAsync(ChaosNode sender, long began)
    {
        const string name = "serverCount";
        var count = await sender.CountNodesAsync();
        var ended = cluster.Moments.Next();
        var certain = 1 + Certain(sender, began, ended).Count();
        if (count < certain || count > cluster.Begun)
            Violate(sender, name, $"{count} of at least {certain} and at most {cluster.Begun}");
        return name;
    }

    private async Task<string> JoinAndRequestAsync(ChaosNode sender, long began)
    {
        var room = $"room-{Interlocked.Increment(ref _rooms)}";
        await sender.JoinAsync("all", room);
        return await RequestAcksAsync(sender, room, began);
    }

    private IEnumerable<ChaosNode> Certain(ChaosNode sender, long began, long ended) =>
        cluster.All.Where(node => node != sender && node.LeavingAt > ended && cluster.Knew(sender, node, began));

    // A node that was cut may have missed the request to join a room, and then truly has no sockets there.
    private void Check(
        ChaosNode sender,
        string name,
        string[] received,
        Func<ChaosNode, IEnumerable<string>> acksOf,
        string[] missing,
        long began,
        bool includesOwn,
        bool mayLack = false,
        bool joins = false)
    {
        var ended = cluster.Moments.Next();
        var all = cluster.All;
        if (missing.Length > 0)
            Interlocked.Increment(ref _partial);
        foreach (var twice in received.GroupBy(static item => item).Where(static group => group.Count() > 1))
            Violate(sender, name, $"'{twice.Key}' arrived {twice.Count()} times");
        foreach (var item in received)
        {
            // A node that is starting is not in the list yet.
            var owner = all.FirstOrDefault(node => acksOf(node).Contains(item));
            if (owner is null)
                _unknown.Enqueue((sender, name, item, acksOf));
            else if (owner.GoneAt < began)
                Violate(sender, name, $"'{item}' is of a node that was gone");
        }

        foreach (var node in Certain(sender, began, ended))
        {
            var lacking = acksOf(node).Except(received).ToArray();
            if (lacking.Length > 0 && !missing.Contains(node.Uid) && !mayLack && !(joins && node.WasCut(began, ended)))
                Violate(
                    sender,
                    name,
                    $"{node.Uid} lived throughout; '{string.Join(' ', lacking)}' is not in the result, and the node is not missing");
        }

        if (includesOwn && !mayLack && sender.LeavingAt > ended && acksOf(sender).Except(received).Any())
            Violate(sender, name, "its own sockets are not in the result");
        if (missing.Contains(sender.Uid))
            Violate(sender, name, "it lists itself as missing");
    }

    private void Violate(ChaosNode sender, string request, string violation) =>
        _violations.Enqueue($"{request} of {sender.Uid}: {violation}");
}
