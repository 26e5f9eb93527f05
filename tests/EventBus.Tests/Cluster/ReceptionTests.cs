using EventBus.Transport;

namespace EventBus.Tests.Cluster;

/// <summary>
/// Nodes that are behind, pause or stand still declare no other node dead; without a connection, too, no acks are complete.
/// </summary>
public sealed class ReceptionTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly ReceptionProgress Idle = new(Received: 5, Delivered: 5, IsPaused: false);
    private static readonly ReceptionProgress Behind = new(Received: 9, Delivered: 5, IsPaused: false);
    private static readonly ReceptionProgress Paused = Idle with { IsPaused = true };

    private readonly TestCluster _cluster = new();

    public static TheoryData<string> Disturbances => ["behind", "paused", "disconnected", "stalled"];

    [Theory]
    [InlineData("behind")]
    [InlineData("paused")]
    [InlineData("stalled")]
    public async Task Expire_waits_while_the_node_does_not_receive(string disturbance)
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        b.Transport.IsCutOff = true; // Its heartbeats wait before the reader or the pump of the other node.
        Disturb(a, disturbance, TestCluster.HeartbeatTimeout * 2);
        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());

        // They are delivered.
        Recover(a);
        b.Transport.IsCutOff = false;
        await b.Bus.Of().All.EmitAsync("e");
        b.Transport.IsCutOff = true;
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout - Tick);
        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());

        // From then on silence counts.
        _cluster.AdvanceInSteps(Tick * 3);
        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
        Assert.Equal(1, a.Logger.Count(302));
    }

    [Fact]
    public async Task Expire_after_a_reconnect_waits_for_the_responses()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        a.Transport.LoseConnection();
        b.Transport.IsCutOff = true;
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout);
        b.Transport.IsCutOff = false;
        a.Transport.Reconnect();
        _cluster.AdvanceInSteps(Tick * 3);
        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());
        Assert.Equal(0, a.Logger.Count(302));
    }

    [Fact]
    public async Task Expire_of_a_busy_node_judges_as_of_the_messages_that_are_delivered()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await b.Bus.Of().All.EmitAsync("e"); // Its silence begins now, however long the start has taken.
        b.Transport.IsCutOff = true;
        for (var second = 0; second < 9; second++)
        {
            a.Transport.Progress = new ReceptionProgress(Received: 100 * (second + 1), Delivered: 100 * second, IsPaused: false);
            _cluster.AdvanceInSteps(Tick);
        }

        Assert.Equal(2, await a.Bus.Of().ServerCountAsync());
        for (var second = 9; second < 14; second++)
        {
            a.Transport.Progress = new ReceptionProgress(Received: 100 * (second + 1), Delivered: 100 * second, IsPaused: false);
            _cluster.AdvanceInSteps(Tick);
        }

        Assert.Equal(1, await a.Bus.Of().ServerCountAsync());
    }

    [Theory]
    [MemberData(nameof(Disturbances))]
    public async Task Acks_are_not_complete_while_the_node_does_not_receive(string disturbance)
    {
        var a = await _cluster.StartNodeAsync("a");
        await a.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("e", _ => ValueTask.FromResult<EventValue>(1)));
        Assert.Equal((true, true, true, true), await RequestAsync(a));
        Disturb(a, disturbance, TimeSpan.FromSeconds(6));
        Assert.Equal((false, false, false, false), await RequestAsync(a));
        Assert.True((await a.Bus.Of().All.Local.EmitWithAckAsync("e")).IsComplete);

        Recover(a);
        Assert.Equal((false, false, false, false), await RequestAsync(a));
        _cluster.AdvanceInSteps(Tick * 2);
        Assert.Equal((true, true, true, true), await RequestAsync(a));
    }

    [Fact]
    public async Task Acks_are_not_complete_if_the_connection_was_lost_meanwhile()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var ack = new TaskCompletionSource<EventValue>();
        await b.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("e", async ValueTask<EventValue> (_) => await ack.Task));
        var requesting = a.Bus.Of().All.EmitWithAckAsync("e").AsTask();
        a.Transport.LoseConnection();
        a.Transport.Reconnect();
        _cluster.AdvanceInSteps(Tick * 2);
        ack.SetResult(1);
        var acks = await requesting;
        Assert.Equal((1, 1, 0), (acks.Responses.Count, acks.Expected, acks.Missing.Count));
        Assert.False(acks.IsComplete);
    }

    private static void Recover(TestNode node)
    {
        node.Transport.Progress = Idle;
        node.Transport.Reconnect();
    }

    private static async Task<(bool Acks, bool Stream, bool ServerSide, bool Sockets)> RequestAsync(TestNode node)
    {
        var all = node.Bus.Of().All;
        var stream = all.StreamAcks("e");
        await foreach (var ack in stream)
            Assert.Equal(1, ack.GetInt64());
        return (
            (await all.EmitWithAckAsync("e")).IsComplete,
            stream.IsComplete,
            (await node.Bus.Of().ServerSideEmitWithAckAsync("e")).IsComplete,
            (await all.FetchSocketsAsync()).IsComplete);
    }

    private void Disturb(TestNode node, string disturbance, TimeSpan time)
    {
        node.Transport.Progress = disturbance switch { "behind" => Behind, "paused" => Paused, _ => Idle };
        if (disturbance == "disconnected")
            node.Transport.LoseConnection();
        if (disturbance == "stalled")
            _cluster.Time.Advance(time); // No tick was in time.
        else
            _cluster.AdvanceInSteps(time);
    }
}
