using EventBus.Cluster;
using static System.FormattableString;

namespace EventBus.Tests.Hosting;

/// <summary>Requests to 100 nodes in one process.</summary>
public sealed class InMemoryScaleTests : IAsyncDisposable
{
    private const int Nodes = 100;
    private const int SocketsPerNode = 100;

    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task Requests_to_100_nodes_with_10000_sockets_complete_and_close()
    {
        var nodes = await _nodes.StartAsync(Enumerable.Range(0, Nodes).Select(static i => Invariant($"node-{i}")));
        var ids = new List<string>();
        foreach (var (bus, _) in nodes)
        {
            bus.Of().OnServerSide("uid", _ => ValueTask.FromResult<EventValue>(bus.Uid));
            for (var i = 0; i < SocketsPerNode; i++)
            {
                var options = new SocketOptions { Rooms = i == 0 ? ["all", "first"] : ["all"] };
                var socket = await bus.Of().ConnectAsync(
                    options, socket => socket.On("request", _ => ValueTask.FromResult<EventValue>(socket.Id)));
                ids.Add(socket.Id);
            }
        }

        var sender = nodes[42].Bus.Of();
        var fetched = await sender.To("all").FetchSocketsAsync();
        Assert.True(fetched.IsComplete);
        Assert.Equal(ids.Order(StringComparer.Ordinal), fetched.Sockets.Select(static socket => socket.Id).Order(StringComparer.Ordinal));

        var others = await sender.To("all").Except("first").FetchSocketsAsync();
        Assert.Equal(Nodes * (SocketsPerNode - 1), others.Sockets.Count);

        var acks = await sender.To("first").EmitWithAckAsync("request");
        Assert.True(acks.IsComplete);
        Assert.Equal(Nodes, acks.Responses.Distinct().Count());

        var uids = await sender.ServerSideEmitWithAckAsync("uid");
        Assert.True(uids.IsComplete);
        Assert.Equal(
            nodes.Select(static node => node.Bus.Uid).Except([nodes[42].Bus.Uid]).Order(),
            uids.Responses.Select(static ack => ack.Value.GetString()).Order());

        Assert.All(nodes, static node => Assert.Equal(0, ((BusNamespace)node.Bus.Of()).OpenRequests));

        // A node may have to respond to the announcement of another one a little later.
        await _nodes.AdvanceAsync(Greetings.AgainInterval);
        await _nodes.Time.AssertTimersAsync(Nodes);
    }
}
