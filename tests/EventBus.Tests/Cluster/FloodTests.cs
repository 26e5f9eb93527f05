using System.Globalization;
using EventBus.Cluster;
using EventBus.Transport;

namespace EventBus.Tests.Cluster;

/// <summary>Floods by a role that may only connect: small messages that would cause much work or large responses.</summary>
public sealed class FloodTests
{
    private const int Stranger = 666;
    private const int Own = 7;
    private const string NoOptions = """{"rooms":[],"except":[]}""";

    private readonly TestCluster _cluster = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Announcements_at_once_get_one_response_now_and_one_for_the_rest(bool areSame)
    {
        await StartAsync();
        for (var i = 0; i < 10_000; i++)
            Announce(areSame ? 0 : i);
        Assert.Equal(1, CountHeartbeats());

        // The second response is later than all announcements.
        _cluster.Time.Advance(areSame ? Greetings.AgainInterval - Greetings.Interval : TimeSpan.Zero);
        Assert.Equal(0, CountHeartbeats());
        _cluster.Time.Advance(Greetings.Interval);
        Assert.Equal(1, CountHeartbeats());
        _cluster.AdvanceInSteps(TimeSpan.FromSeconds(1));
        Assert.Equal(0, CountHeartbeats());
    }

    [Fact]
    public async Task Announcement_of_a_new_node_does_not_wait_for_repeated_ones()
    {
        await StartAsync();
        Announce(0);
        Announce(0);
        Assert.Equal(1, CountHeartbeats());
        _cluster.Time.Advance(Greetings.Interval);
        Announce(1);
        Assert.Equal(1, CountHeartbeats());

        Announce(0);
        Announce(2);
        _cluster.Time.Advance(Greetings.Interval);
        Assert.Equal(1, CountHeartbeats());
        _cluster.AdvanceInSteps(TimeSpan.FromSeconds(1));
        Assert.Equal(0, CountHeartbeats());
    }

    [Fact]
    public async Task Announcement_of_a_process_that_has_not_joined_does_not_wait()
    {
        await StartAsync();
        Announce(0);
        Assert.Equal(1, CountHeartbeats());
        _cluster.Time.Advance(Greetings.Interval);
        Announce(0, "fedcba9876543210"); // The node has started again with its old uid.
        Assert.Equal(1, CountHeartbeats());

        // An event before the announcement, as of a namespace that is joined later.
        _cluster.Time.Advance(Greetings.Interval);
        Notify("""
            {"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[]}},"uid":"node-1","eb":{"s":"a","n":1}}
            """);
        Announce(1, "a");
        Assert.Equal(1, CountHeartbeats());
    }

    [Theory]
    [InlineData(false, 1000, 1201)]
    [InlineData(true, 200, 241)]
    public async Task Announcements_for_a_minute_get_one_response_per_interval(bool areSame, int least, int most)
    {
        await StartAsync();
        var node = 0;
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(1); elapsed += TimeSpan.FromMilliseconds(10))
        {
            for (var i = 0; i < 10; i++)
                Announce(areSame ? 0 : ++node);
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(CountHeartbeats(), least, most);
    }

    [Fact]
    public async Task Announcement_is_not_answered_after_leaving()
    {
        var a = await StartAsync();
        var b = await _cluster.StartNodeAsync("b");
        Notify("""{"type":1,"uid":"c","nsp":"/"}""");
        Notify("""{"type":1,"uid":"c","nsp":"/"}""");
        await _cluster.CompleteAsync(a.Bus.DisposeAsync().AsTask());
        await _cluster.CompleteAsync(b.Bus.DisposeAsync().AsTask());
        _cluster.Hub.TakeNotifications();
        _cluster.AdvanceInSteps(TimeSpan.FromSeconds(1));

        Assert.Empty(_cluster.Hub.TakeNotifications());
        await _cluster.Time.AssertTimersAsync(0);
    }

    [Fact]
    public async Task FetchSockets_flood_writes_a_bounded_number_of_bytes_and_members_are_answered()
    {
        var a = await StartAsync();
        for (var i = 0; i < 100; i++)
            await a.ConnectAsync(rooms: [new string('r', 1_000)]);
        var written = 0L;
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(1); elapsed += TimeSpan.FromMilliseconds(50))
        {
            for (var i = 0; i < 10; i++)
                Fetch($"{i:x16}", "x", Stranger);
            written += BytesOfResponses();
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        // The last response may exceed the budget, and each is charged with what it takes in memory.
        Assert.InRange(written, 1, Admission.ForeignBurst + (61L * Admission.ForeignPerSecond));
        Fetch("1111111111111111", "b", Own);
        Assert.True(BytesOfResponses() > 0);
        Assert.Equal(1, a.Logger.Count(323));
    }

    [Fact]
    public async Task Events_that_request_acks_are_delivered_although_acks_are_refused()
    {
        const int flood = 20_000;
        var a = await StartAsync();
        var (_, inbox) = await a.ConnectAsync();
        for (var i = 0; i < flood; i++)
        {
            Notify(
                $$$"""{"type":3,"data":{"packet":{"type":2,"data":["e",{{{i}}}]},"requestId":"{{{i:x16}}}","opts":"""
                + $$"""{{NoOptions}}},"uid":"x"}""");
            if (i % 500 == 0)
                await inbox.NextAsync(i == 0 ? 1 : 500);
        }

        await inbox.NextAsync(flood - 1 - (((flood / 500) - 1) * 500));
        Assert.True(a.Diagnostics.RefusedRequests.Value > 0);
        Assert.Equal(0, a.Diagnostics.Dropped.Value);
    }

    [Fact]
    public async Task Management_flood_is_bounded_and_members_are_heard()
    {
        var a = await StartAsync();
        var (socket, _) = await a.ConnectAsync();
        for (var i = 0; i < 10_000; i++)
            Join($"forged-{i}", Stranger);
        Join("real", Own);

        Assert.Contains("real", socket.Rooms);
        Assert.InRange(socket.Rooms.Count, 2, 2 + (Admission.ForeignBurst / 4096));
    }

    [Fact]
    public async Task Invented_nodes_leave_places_for_members_and_few_lines_in_the_log()
    {
        var a = await StartAsync();
        for (var i = 0; i < 2 * Peers.MaxNodes; i++)
            Notify($$"""{"type":2,"uid":"forged-{{i.ToString(CultureInfo.InvariantCulture)}}","nsp":"/"}""");
        Assert.Equal(1 + Peers.MaxNodes - Peers.ReservedNodes, await a.Bus.Of().ServerCountAsync());

        Notify("""{"type":2,"uid":"real","nsp":"/"}""", Own);
        Assert.Equal(2 + Peers.MaxNodes - Peers.ReservedNodes, await a.Bus.Of().ServerCountAsync());
        Assert.InRange(a.Logger.Entries.Count, 1, 60);
    }

    private async Task<TestNode> StartAsync()
    {
        var node = await _cluster.StartNodeAsync("a");
        var backends = node.Transport.Backends;
        backends.Of(Stranger).Found = new BackendRole(Stranger, "stranger", IsOwn: false);
        backends.Of(Own).Found = new BackendRole(Own, "own", IsOwn: true);
        _cluster.AdvanceInSteps(TimeSpan.FromSeconds(1));
        _cluster.Hub.TakeNotifications();
        return node;
    }

    private void Announce(int node, string source = "0123456789abcdef") => Notify(
        $$$"""{"type":1,"uid":"node-{{{node.ToString(CultureInfo.InvariantCulture)}}}","nsp":"/","eb":{"s":"{{{source}}}","n":0}}""");

    private void Notify(string payload, int pid = Stranger) => _cluster.Hub.Notify(payload, pid);

    private void Fetch(string requestId, string uid, int pid) =>
        Notify($$$"""{"type":7,"data":{"opts":{{{NoOptions}}},"requestId":"{{{requestId}}}"},"uid":"{{{uid}}}","nsp":"/"}""", pid);

    private void Join(string room, int pid) =>
        Notify($$$"""{"type":4,"data":{"opts":{{{NoOptions}}},"rooms":["{{{room}}}"]},"uid":"x","nsp":"/"}""", pid);

    private int CountHeartbeats() => _cluster.TakeNotifications().Count(static message => message is { Uid: "a", Type: 2 });

    private long BytesOfResponses() => _cluster.Hub.TakeBytes();
}
