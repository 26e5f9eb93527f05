using System.Globalization;
using EventBus.Cluster;
using EventBus.Rooms;
using EventBus.Tests.Hosting;

namespace EventBus.Tests.Cluster;

/// <summary>Well-formed but forged messages, which anyone with a database connection can send.</summary>
public sealed class HostileMessageTests
{
    private const int Flood = 100_000;

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Peers_are_bounded_and_forget_forged_nodes_after_the_timeout()
    {
        var a = await _cluster.StartNodeAsync("a");
        for (var i = 0; i < Flood; i++)
            Beat($"forged-{i.ToString(CultureInfo.InvariantCulture)}");

        Assert.Equal(1 + Peers.MaxNodes, await a.Bus.Of().ServerCountAsync());
        Assert.Equal(Flood - Peers.MaxNodes, a.Diagnostics.RejectedNodes.Value);
        Assert.Equal(1, a.Logger.Count(310));

        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));
        Beat("real");
        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());
    }

    [Fact]
    public async Task Unawaited_responses_are_counted_and_logged_once_per_episode()
    {
        var a = await _cluster.StartNodeAsync("a");
        Beat("n1");
        var fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        var id = _cluster.LastRequestId();

        for (var i = 0; i < Flood; i++)
        {
            Respond("n1", $"{i:x16}"); // It may be a response to another node's request.
            Respond("stranger", id);
        }

        Assert.False(fetching.IsCompleted);
        Assert.Equal(Flood, a.Diagnostics.IgnoredResponses.Value);
        Assert.Equal(1, a.Logger.Count(308));
        Assert.Equal(1, a.Node.Adapter("/").OpenRequests);

        _cluster.AdvanceInSteps(TestCluster.RequestsTimeout);
        Assert.Equal(["n1"], (await fetching).Missing);
        Respond("n1", id);
        Assert.Equal(Flood + 1, a.Diagnostics.IgnoredResponses.Value);

        _cluster.AdvanceInSteps(TimeSpan.FromMinutes(2));
        Beat("n1");
        fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        id = _cluster.LastRequestId();
        Respond("stranger", id);
        Respond("n1", id);
        Assert.Empty((await fetching).Missing);
        Assert.Equal(2, a.Logger.Count(308));

        void Respond(string uid, string requestId) =>
            _cluster.Hub.Notify($$$"""{"type":8,"data":{"requestId":"{{{requestId}}}","sockets":[]},"uid":"{{{uid}}}","nsp":"/"}""");
    }

    [Fact]
    public async Task Responses_over_the_byte_limit_are_ignored()
    {
        var a = await _cluster.StartNodeAsync("a");
        var nodes = Enumerable.Range(0, 64).Select(static i => $"n{i.ToString(CultureInfo.InvariantCulture)}").ToArray();
        foreach (var uid in nodes)
            Beat(uid);
        var fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        var id = _cluster.LastRequestId();

        // Each has just over a sixtieth of the limit.
        var padding = new string('x', (int)(RequestTable.MaxResponseBytes / 60));
        foreach (var uid in nodes)
            _cluster.Hub.Notify(
                $$$"""{"type":8,"data":{"requestId":"{{{id}}}","sockets":[{"id":"of {{{uid}}}","rooms":[]}],"p":"{{{padding}}}"}"""
                + $$$""","uid":"{{{uid}}}","nsp":"/"}""");
        _cluster.AdvanceInSteps(TestCluster.RequestsTimeout);

        var fetched = await fetching;
        Assert.Equal(nodes[..59].Select(static uid => $"of {uid}"), fetched.Sockets.Select(static socket => socket.Id));
        Assert.Equal(nodes[59..].Order(StringComparer.Ordinal), fetched.Missing);
        Assert.Equal(5, a.Diagnostics.IgnoredResponses.Value);
        Assert.Equal(1, a.Logger.Count(313));

        // An ended request returns its bytes.
        var next = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        id = _cluster.LastRequestId();
        foreach (var uid in nodes)
            _cluster.Hub.Notify($$$"""{"type":8,"data":{"requestId":"{{{id}}}","sockets":[]},"uid":"{{{uid}}}","nsp":"/"}""");
        Assert.True((await next).IsComplete);
    }

    [Fact]
    public async Task Absurd_client_counts_end_with_their_request()
    {
        var a = await _cluster.StartNodeAsync("a");
        Beat("n1");
        Beat("n2");
        var requesting = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        var id = _cluster.LastRequestId();
        foreach (var uid in (string[])["n1", "n2"])
            _cluster.Hub.Notify(
                $$$"""{"type":11,"data":{"requestId":"{{{id}}}","clientCount":{{{int.MaxValue}}} },"uid":"{{{uid}}}","nsp":"/"}""");
        _cluster.Hub.Notify($$$"""{"type":12,"data":{"requestId":"{{{id}}}","packet":1},"uid":"n1","nsp":"/"}""");
        _cluster.AdvanceInSteps(TestCluster.RequestsTimeout);

        var acks = await requesting;
        Assert.Equal([1], acks.Responses);
        Assert.Equal(int.MaxValue, acks.Expected);
        Assert.True(acks.IsTimedOut);
        Assert.Equal(0, a.Node.Adapter("/").OpenRequests);
    }

    [Fact]
    public async Task Unreadable_acks_are_counted_and_reported_once_per_episode()
    {
        var a = await _cluster.StartNodeAsync("a");
        string[] nodes = [.. Enumerable.Range(0, 10).Select(static i => $"n{i}")];
        foreach (var node in nodes)
            Beat(node);
        var requesting = a.Bus.Of().ServerSideEmitWithAckAsync("request").AsTask();
        var id = _cluster.LastRequestId();
        foreach (var node in nodes)
            _cluster.Hub.Notify($$$"""{"type":10,"data":{"requestId":"{{{id}}}","packet":1e999},"uid":"{{{node}}}","nsp":"/"}""");

        // An unreadable response counts as one, so no other is awaited.
        Assert.Equal(nodes, (await requesting).Missing);
        Assert.Equal(10, a.Diagnostics.Malformed.Value);
        Assert.Equal(1, a.Logger.Count(309));
    }

    [Fact]
    public async Task SocketsJoin_of_other_nodes_is_bounded()
    {
        var a = await _cluster.StartNodeAsync("a");
        var sockets = new List<LocalSocket>();
        for (var i = 0; i < 64; i++)
            sockets.Add((await a.ConnectAsync()).Socket);
        var rooms = string.Join(
            ',', Enumerable.Range(0, RoomRegistry.MaxJoinCount / sockets.Count).Select(static room => $"\"{room:x}\""));

        Join("\"r1\",\"r2\"");
        for (var i = 0; i < 10; i++)
            Join(rooms);
        Join("\"r2\",\"r3\"");

        Assert.All(sockets, static socket => Assert.Equal([socket.Id, "r1", "r2", "r3"], socket.Rooms));
        Assert.Equal(10, a.Diagnostics.RejectedJoins.Value);
        Assert.Equal(1, a.Logger.Count(311));

        void Join(string rooms) =>
            _cluster.Hub.Notify($$$"""{"type":4,"data":{"opts":{"rooms":[],"except":[]},"rooms":[{{{rooms}}}]},"uid":"n1","nsp":"/"}""");
    }

    [Fact]
    public async Task Messages_with_the_own_uid_are_ignored_and_logged_once_per_episode()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (socket, inbox) = await a.ConnectAsync();
        for (var i = 0; i < 10; i++)
            _cluster.Hub.Notify("""{"type":6,"data":{"opts":{"rooms":[],"except":[]},"close":true},"uid":"a","nsp":"/"}""");
        Assert.True(socket.IsConnected);
        Assert.Equal(10, a.Diagnostics.Impostors.Value);
        Assert.Equal(1, a.Logger.Count(312));

        await a.Bus.Of().All.EmitAsync("own");
        Assert.Equal("own()", await inbox.NextAsync());
        Assert.Equal(10, a.Diagnostics.Impostors.Value);
    }

    [Fact]
    public async Task Start_is_not_completed_by_a_forged_announcement()
    {
        _cluster.Hub.IsDown = true;
        var a = _cluster.CreateNode("a");
        var starting = a.Bus.StartAsync(TestContext.Current.CancellationToken);
        _cluster.Hub.Notify("""{"type":1,"uid":"a","nsp":"/","eb":{"s":"forged","n":0}}""");
        _cluster.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(starting.IsCompleted);
        Assert.False(a.Node.Adapter("/").Outbox.Announced.IsCompleted);

        _cluster.Hub.IsDown = false;
        await _cluster.CompleteAsync(starting);
    }

    [Fact]
    public async Task Undecodable_events_are_reported_once_per_episode_and_skipped()
    {
        var a = await _cluster.StartNodeAsync("a");
        var handler = new UseInMemoryTests.Handler();
        await a.Bus.AddHandlerAsync<IGameEvents>(handler);
        for (var i = 0; i < Flood; i++)
            _cluster.Hub.Notify(
                """{"type":3,"data":{"packet":{"type":2,"data":["score",{},[]]},"opts":{"rooms":[],"except":[]}},"uid":"n1","nsp":"/"}""");
        _cluster.Hub.Notify(
            """{"type":3,"data":{"packet":{"type":2,"data":["score","ann",3]},"opts":{"rooms":[],"except":[]}},"uid":"n1","nsp":"/"}""");

        Assert.Equal("ann 3", await handler.Inbox.NextAsync());
        Assert.Equal(Flood, a.Diagnostics.Malformed.Value);
        Assert.Equal(1, a.Logger.Count(200));
    }

    private void Beat(string uid) => _cluster.Hub.Notify($$"""{"type":2,"uid":"{{uid}}","nsp":"/"}""");
}
