using EventBus.Cluster;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Scale;

/// <summary>20 nodes on one PostgreSQL with 10,000 sockets.</summary>
public sealed class TwentyNodesTests
{
    private const int Nodes = 20;
    private const int SocketsPerNode = 500;
    private const int PhotoBytes = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // On a busy machine this process may stand still for seconds. With the defaults, nodes would then expire. IsComplete is not asserted,
    // because a node that is behind for a second may rightly call its responses uncertain.
    private static readonly EventBusOptions Options = new()
    {
        HeartbeatInterval = Patience / 3,
        HeartbeatTimeout = Patience,
        KeepAliveInterval = Patience / 3,
    };

    [Fact(Timeout = 300_000)]
    public async Task Requests_of_twenty_nodes_are_acknowledged_by_all_nodes_and_sockets()
    {
        await using var server = await PostgresServer.StartAsync(
            new PostgresServerOptions { MustBePrivate = true }, TestContext.Current.CancellationToken);
        await using var dataSource = server.CreateDataSource(static builder => builder.ApplicationName = nameof(TwentyNodesTests));
        var buses = await Task.WhenAll(Enumerable.Range(0, Nodes).Select(
            _ => EventBusNode.StartAsync(dataSource, Options, cancellationToken: TestContext.Current.CancellationToken)));
        try
        {
            await RequestAsync(dataSource, buses);
        }
        finally
        {
            await Task.WhenAll(buses.Select(static bus => bus.DisposeAsync().AsTask()));
        }
    }

    private static async Task RequestAsync(NpgsqlDataSource dataSource, IEventBus[] buses)
    {
        var ids = new List<string>();
        foreach (var bus in buses)
        {
            bus.HandleServerSide<IPollEvents>(new Teller(ids.Count));
            bus.Of().OnServerSide("who", _ => ValueTask.FromResult<EventValue>(bus.Uid));
            for (var i = 0; i < SocketsPerNode; i++)
            {
                var rooms = i < 10 ? new[] { "all", "few" } : ["all"];
                var socket = await bus.Of().ConnectAsync(
                    new SocketOptions { Rooms = rooms }, socket => socket.On("ask", _ => ValueTask.FromResult<EventValue>(socket.Id)));
                ids.Add(socket.Id);
            }
        }

        foreach (var bus in buses)
            await NodeCount.UntilAsync(bus.Of(), Nodes);

        // Each node has a listener and a publisher. The pool bounds all others; a connection of the start may still be closing.
        long connections;
        while ((connections = await CountConnectionsAsync(dataSource)) > 100)
            await Task.Yield();
        Assert.InRange(connections, 2 * Nodes, 100);

        var requester = buses[7].Of();
        var fetched = await requester.To("all").FetchSocketsAsync(Patience);
        Assert.Empty(fetched.Missing);
        AssertSame(ids, fetched.Sockets.Select(static socket => socket.Id));
        var few = await requester.To("few").FetchSocketsAsync(Patience);
        Assert.Equal(Nodes * 10, few.Sockets.Count);
        var most = await requester.To("all").Except("few").FetchSocketsAsync(Patience);
        AssertSame(ids.Except(few.Sockets.Select(static socket => socket.Id)), most.Sockets.Select(static socket => socket.Id));

        var acks = await requester.To("all").EmitWithAckAsync("ask", timeout: Patience);
        Assert.False(acks.IsTimedOut);
        Assert.Empty(acks.Missing);
        Assert.Equal(ids.Count, acks.Expected);
        AssertSame(ids, acks.Responses.Select(static ack => ack.GetString()));

        // All nodes send requests to all others at the same time: inline and attached, by name and typed.
        var results = await Task.WhenAll(buses.Select(static bus => RequestAsync(bus)));
        for (var i = 0; i < Nodes; i++)
        {
            var others = buses.Where((_, other) => other != i).Select(static bus => bus.Uid).Order(StringComparer.Ordinal).ToArray();
            var (names, votes, photos) = results[i];
            Assert.Equal((false, false, false), (names.IsTimedOut, votes.IsTimedOut, photos.IsTimedOut));
            Assert.Empty(names.Missing.Concat(votes.Missing).Concat(photos.Missing));
            AssertSame(others, names.Responses.Select(static ack => ack.Value.GetString()));
            AssertSame(others, names.Responses.Select(static ack => ack.Uid));
            AssertSame(others, photos.Responses.Select(static ack => ack.Uid));
            Assert.All(photos.Responses, static answer => Assert.Equal(PhotoBytes, answer.Value.Length));
            Assert.Equal(
                Enumerable.Range(0, Nodes)
                    .Where(other => other != i)
                    .Select(other => new ServerSideAck<int>(buses[other].Uid, other * SocketsPerNode)),
                votes.Responses.OrderBy(static ack => ack.Value));
        }

        Assert.All(buses, static bus => Assert.Equal(0, ((BusNamespace)bus.Of()).OpenRequests));
        Assert.All(buses, static bus => Assert.Equal((0, 0, 0), (bus.Statistics.Lost, bus.Statistics.Dropped, bus.Statistics.Malformed)));
    }

    private static async Task<NodeAcks> RequestAsync(IEventBus bus)
    {
        var typed = bus.Emitter<IPollEvents>().ServerSide.WithTimeout(Patience);
        var names = bus.Of().ServerSideEmitWithAckAsync("who", timeout: Patience).AsTask();
        var votes = typed.Vote("tea?").AsTask();
        return new NodeAcks(await names, await votes, await typed.Photo(PhotoBytes));
    }

    private static async Task<long> CountConnectionsAsync(NpgsqlDataSource dataSource)
    {
        await using var command = dataSource.CreateCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{nameof(TwentyNodesTests)}'");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));

    private sealed record NodeAcks(
        ServerSideAcks<EventValue> Names, ServerSideAcks<int> Votes, ServerSideAcks<ReadOnlyMemory<byte>> Photos);

    private sealed class Teller(int vote) : IPollEvents
    {
        public ValueTask<int> Vote(string question) => new(vote);

        public ValueTask<ReadOnlyMemory<byte>> Photo(int bytes) => new(new byte[bytes]);
    }
}
