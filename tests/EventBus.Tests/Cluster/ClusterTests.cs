using System.Runtime.CompilerServices;
using Npgsql;

namespace EventBus.Tests.Cluster;

public sealed class ClusterTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task An_event_reaches_the_sockets_here_and_there_once()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (_, here) = await a.ConnectAsync(["r1"]);
        var (_, there) = await b.ConnectAsync(["r1"]);
        var (_, outside) = await b.ConnectAsync(["r2"]);

        await a.Bus.Of().To("r1").EmitAsync("hello", new EventValue[] { 1, "two" });
        await a.Bus.Of().All.EmitAsync("end");

        Assert.Equal(["hello(1,\"two\")", "end()"], await here.NextAsync(2));
        Assert.Equal(["hello(1,\"two\")", "end()"], await there.NextAsync(2));
        Assert.Equal("end()", await outside.NextAsync());
        Assert.Equal(0, a.Bus.Statistics.Received);
        Assert.Equal(3, b.Bus.Statistics.Received);
    }

    [Fact]
    public async Task A_binary_event_arrives_attached()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (_, here) = await a.ConnectAsync();
        var (_, there) = await b.ConnectAsync();
        await a.Bus.Of().All.EmitAsync("photo", new EventValue[] { new byte[] { 1, 2 } });
        Assert.Equal(await here.NextAsync(), await there.NextAsync());
        Assert.Contains("attachmentId", _cluster.Hub.TakeNotifications()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_within_a_transaction_is_not_delivered_at_once_and_refused_where_there_is_no_database()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        _cluster.TakeNotifications();
        var transaction = (NpgsqlTransaction)RuntimeHelpers.GetUninitializedObject(typeof(NpgsqlTransaction)); // There is no other way to one without a server.

        var exception = await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.Within(transaction).EmitAsync("e"));

        Assert.False(exception.IsTransient);
        Assert.Empty(_cluster.TakeNotifications());
        await a.Bus.Of().All.EmitAsync("end");
        Assert.Equal("end()", await here.NextAsync());
    }

    [Fact]
    public async Task A_local_event_is_not_published()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        _cluster.TakeNotifications();
        await a.Bus.Of().All.Local.EmitAsync("e");
        Assert.True(a.Bus.Of().All.Local.Post("e"));
        Assert.Equal(["e()", "e()"], await here.NextAsync(2));
        Assert.Empty(_cluster.TakeNotifications());
    }

    [Fact]
    public async Task Local_delivery_goes_on_while_nothing_can_be_published()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        _cluster.Hub.IsDown = true;

        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.EmitAsync("awaited"));
        Assert.False(a.Bus.Of().All.Post("posted"));

        Assert.Equal(["awaited()", "posted()"], await here.NextAsync(2));
    }

    [Fact]
    public async Task Namespaces_do_not_hear_each_other_and_are_joined_when_named()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var connecting = b.ConnectAsync(busNamespace: "/chat");
        await _cluster.CompleteAsync(connecting);
        var (_, chat) = await connecting;
        var (_, main) = await b.ConnectAsync();

        await a.Bus.Of("/chat").All.EmitAsync("chat");
        await a.Bus.Of().All.EmitAsync("main");

        Assert.Equal("chat()", await chat.NextAsync());
        Assert.Equal("main()", await main.NextAsync());
        Assert.Equal(0, chat.Count);
    }

    [Fact]
    public async Task An_announcement_is_answered_and_a_node_is_ready_only_when_its_own_came_back()
    {
        await _cluster.StartNodeAsync("a");
        Assert.Equal([("a", 1, "/")], _cluster.TakeNotifications());

        var b = _cluster.CreateNode("b");
        _cluster.Hub.IsDown = true;
        var starting = b.Bus.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(BusState.Starting, b.Bus.State);
        Assert.False(starting.IsCompleted);
        _cluster.Hub.IsDown = false;
        await _cluster.CompleteAsync(starting);

        Assert.Equal(BusState.Connected, b.Bus.State);
        Assert.Equal([("a", 2, "/"), ("b", 1, "/")], _cluster.TakeNotifications().Where(n => n.Type is 1 or 2).Order());
    }

    [Fact]
    public async Task Heartbeats_of_all_namespaces_go_out_together()
    {
        var a = await _cluster.StartNodeAsync("a");
        for (var i = 0; i < 20; i++)
            await _cluster.CompleteAsync(a.Bus.Of($"/n{i}").JoinAsync().AsTask());
        _cluster.TakeNotifications();
        var before = _cluster.Hub.Transactions;

        // What the first interval brings depends on when each namespace was joined; from then on they go together.
        _cluster.AdvanceInSteps(TestCluster.HeartbeatInterval * 2);
        var afterFirst = _cluster.Hub.Transactions;
        _cluster.TakeNotifications();
        _cluster.AdvanceInSteps(TestCluster.HeartbeatInterval * 12);

        var beats = _cluster.TakeNotifications();
        Assert.All(beats, beat => Assert.Equal(("a", 2), (beat.Uid, beat.Type)));
        var transactions = _cluster.Hub.Transactions - afterFirst;
        Assert.InRange(transactions, 10, 13);
        Assert.Equal(21 * transactions, beats.Length);
        Assert.InRange(afterFirst - before, 1, 4);
    }

    [Fact]
    public async Task Whoever_publishes_need_not_send_heartbeats()
    {
        var a = await _cluster.StartNodeAsync("a");
        for (var i = 0; i < 20; i++)
        {
            await a.Bus.Of().All.EmitAsync("e");
            _cluster.Time.Advance(TestCluster.HeartbeatInterval / 2);
        }

        Assert.DoesNotContain(_cluster.TakeNotifications(), notification => notification.Type == 2);
    }

    [Fact]
    public async Task Whoever_asks_only_its_own_sockets_is_no_less_silent()
    {
        var a = await _cluster.StartNodeAsync("a");
        for (var i = 0; i < 20; i++)
        {
            await a.Bus.Of().All.Local.FetchSocketsAsync();
            await a.Bus.Of().All.Local.EmitAsync("e");
            _cluster.Time.Advance(TestCluster.HeartbeatInterval / 2);
        }

        Assert.Equal(10, _cluster.TakeNotifications().Count(notification => notification.Type == 2));
    }

    [Fact]
    public async Task A_silent_node_is_taken_for_dead_and_one_that_says_goodbye_is_forgotten_at_once()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await b.Bus.DisposeAsync();
        Assert.Equal(1, a.Logger.Count(301));

        var c = await _cluster.StartNodeAsync("c");
        c.Transport.IsCutOff = true;
        _cluster.Time.Advance(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal(1, a.Logger.Count(302));
    }

    [Fact]
    public async Task Listening_again_announces_every_namespace()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.CompleteAsync(a.Bus.Of("/chat").JoinAsync().AsTask());
        var states = new List<BusState>();
        a.Bus.StateChanged += states.Add;
        _cluster.TakeNotifications();

        a.Transport.LoseConnection();
        a.Transport.Reconnect();

        Assert.Equal([BusState.Reconnecting, BusState.Connected], states);
        Assert.Equal([("a", 1, "/"), ("a", 1, "/chat")], _cluster.TakeNotifications().Order());
    }

    [Fact]
    public async Task Stopping_says_goodbye_drains_and_refuses_what_comes_later()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (socket, _) = await a.ConnectAsync();
        var disconnected = 0;
        socket.Disconnected += () => disconnected++;
        _cluster.TakeNotifications();

        await a.Bus.DisposeAsync();
        await a.Bus.DisposeAsync();

        Assert.Equal([("a", 13, "/")], _cluster.TakeNotifications());
        Assert.True(a.Transport.IsDrained);
        Assert.True(a.Transport.IsDisposed);
        Assert.Equal(BusState.Stopped, a.Bus.State);
        Assert.Equal(1, disconnected);
        Assert.Equal(0, _cluster.Time.Timers);
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().All.EmitAsync("e"));
        Assert.Throws<EventBusClosedException>(() => a.Bus.Of().All.Post("e"));
    }

    [Fact]
    public async Task A_handler_that_never_ends_does_not_hold_up_a_stop_that_is_cancelled_and_others_wait_for_the_same_stop()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await a.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.OnAny(async (_, _) =>
        {
            entered.SetResult();
            await release.Task;
        }));
        await a.Bus.Of().All.EmitAsync("e");
        await entered.Task;

        using var patience = new CancellationTokenSource();
        var stopping = a.Bus.StopAsync(patience.Token);
        var disposing = a.Bus.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        Assert.False(disposing.IsCompleted);
        await patience.CancelAsync();
        await stopping;
        await disposing;
        Assert.Equal(BusState.Stopped, a.Bus.State);
        release.SetResult();
    }

    [Fact]
    public async Task An_announcement_that_was_lost_is_made_again()
    {
        var a = _cluster.CreateNode("a");
        a.Transport.IsCutOff = true;
        var starting = a.Bus.StartAsync(TestContext.Current.CancellationToken);
        _cluster.Time.Advance(TestCluster.HeartbeatInterval / 2);
        Assert.False(starting.IsCompleted);
        a.Transport.IsCutOff = false;
        await _cluster.CompleteAsync(starting);
        Assert.Equal(BusState.Connected, a.Bus.State);
    }

    [Fact]
    public async Task A_bus_that_never_started_can_be_disposed()
    {
        var a = _cluster.CreateNode("a");
        a.Bus.Of();
        await a.Bus.DisposeAsync();
        Assert.True(a.Transport.IsDisposed);
        Assert.False(a.Transport.IsDrained);
        Assert.Empty(_cluster.TakeNotifications());
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().JoinAsync());
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("disconnecting")]
    [InlineData("")]
    public async Task Reserved_and_empty_event_names_are_refused(string name)
    {
        var a = await _cluster.StartNodeAsync("a");
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().All.EmitAsync(name));
        Assert.Throws<ArgumentException>(() => a.Bus.Of().All.Post(name));
    }

    [Fact]
    public async Task Cancelled_before_the_call_the_event_goes_nowhere()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await a.Bus.Of().All.EmitAsync("withdrawn", default, new CancellationToken(canceled: true)));
        await a.Bus.Of().All.EmitAsync("next");
        Assert.Equal("next()", await here.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("chat")]
    [InlineData("/\0")]
    public void A_namespace_begins_with_a_slash_and_fits_a_channel(string name) =>
        Assert.Throws<ArgumentException>(() => _cluster.CreateNode("a").Bus.Of(name));
}
