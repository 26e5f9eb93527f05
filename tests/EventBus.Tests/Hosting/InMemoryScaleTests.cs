using System.Globalization;
using EventBus.Cluster;

namespace EventBus.Tests.Hosting;

/// <summary>100 nodes in one process, and questions to all of them.</summary>
public sealed class InMemoryScaleTests : IAsyncDisposable
{
    private const int Nodes = 100;
    private const int SocketsPerNode = 100;

    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task A_hundred_nodes_and_ten_thousand_sockets_answer_and_no_question_is_left_open()
    {
        var nodes = await _nodes.StartAsync(Enumerable.Range(0, Nodes).Select(static i => $"node-{i.ToString(CultureInfo.InvariantCulture)}"));
        var ids = new List<string>();
        foreach (var (bus, _) in nodes)
        {
            bus.Of().OnServerSide("who", _ => ValueTask.FromResult<EventValue>(bus.Uid));
            for (var i = 0; i < SocketsPerNode; i++)
            {
                var socket = await bus.Of().ConnectAsync(
                    new SocketOptions { Rooms = i == 0 ? ["all", "first"] : ["all"] }, socket => socket.On("ask", _ => ValueTask.FromResult<EventValue>(socket.Id)));
                ids.Add(socket.Id);
            }
        }

        var asker = nodes[42].Bus.Of();
        var fetched = await asker.To("all").FetchSocketsAsync();
        Assert.True(fetched.IsComplete);
        Assert.Equal(ids.Order(StringComparer.Ordinal), fetched.Sockets.Select(static socket => socket.Id).Order(StringComparer.Ordinal));

        var others = await asker.To("all").Except("first").FetchSocketsAsync();
        Assert.Equal(Nodes * (SocketsPerNode - 1), others.Sockets.Count);

        var acks = await asker.To("first").EmitWithAckAsync("ask");
        Assert.True(acks.IsComplete);
        Assert.Equal(Nodes, acks.Responses.Distinct().Count());

        var answers = await asker.ServerSideEmitWithAckAsync("who");
        Assert.True(answers.IsComplete);
        Assert.Equal(nodes.Select(static node => node.Bus.Uid).Except([nodes[42].Bus.Uid]).Order(), answers.Responses.Select(static answer => answer.Value.GetString()).Order());

        Assert.All(nodes, static node => Assert.Equal(0, ((BusNamespace)node.Bus.Of()).OpenRequests));
        Assert.Equal(Nodes, _nodes.Time.Timers);
    }
}
