using System.Runtime.CompilerServices;
using EventBus.Tests.Testing;
using Npgsql;

namespace EventBus.Tests.Cluster;

public sealed class ClusterTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Emit_reaches_local_and_remote_sockets_once()
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
    public async Task Emit_attaches_a_binary_event()
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
    public async Task Within_does_not_deliver_at_once_and_throws_without_a_database()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        _cluster.TakeNotifications();

        // Without a server there is no other way to create one.
        var transaction = (NpgsqlTransaction)RuntimeHelpers.GetUninitializedObject(typeof(NpgsqlTransaction));

        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await a.Bus.Of().All.Within(transaction).EmitAsync("e"));

        Assert.False(exception.IsTransient);
        Assert.Empty(_cluster.TakeNotifications());
        await a.Bus.Of().All.EmitAsync("end");
        Assert.Equal("end()", await here.NextAsync());
    }

    [Fact]
    public async Task Emit_on_Local_publishes_nothing()
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
    public async Task Emit_delivers_locally_while_publishing_fails()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        _cluster.Hub.IsDown = true;

        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.EmitAsync("awaited"));
        Assert.False(a.Bus.Of().All.Post("posted"));

        Assert.Equal(["awaited()", "posted()"], await here.NextAsync(2));
    }

    [Fact]
    public async Task Of_joins_a_namespace_that_is_isolated_from_others()
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
    public async Task Start_waits_until_its_own_announcement_has_come_back()
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
    public async Task Heartbeats_of_all_namespaces_are_published_together()
    {
        var a = await _cluster.StartNodeAsync("a");
        for (var i = 0; i < 20; i++)
            await _cluster.CompleteAsync(a.Bus.Of($"/n{i}").JoinAsync().AsTask());
        _cluster.TakeNotifications();
        var before = _cluster.Hub.Transactions;

        // The first interval depends on the moments of joining; from then on the heartbeats are sent together.
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
    public async Task Heartbeats_are_not_sent_by_a_node_that_publishes()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.TakeNotifications();
        for (var i = 0; i < 20; i++)
        {
            await a.Bus.Of().All.EmitAsync("e");
            _cluster.Time.Advance(TestCluster.HeartbeatInterval / 2);
        }

        Assert.DoesNotContain(_cluster.TakeNotifications(), notification => notification.Type == 2);
    }

    [Fact]
    public async Task Heartbeats_are_sent_by_a_node_that_only_uses_Local()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.TakeNotifications();
        for (var i = 0; i < 20; i++)
        {
            await a.Bus.Of().All.Local.FetchSocketsAsync();
            await a.Bus.Of().All.Local.EmitAsync("e");
            _cluster.Time.Advance(TestCluster.HeartbeatInterval / 2);
        }

        Assert.Equal(10, _cluster.TakeNotifications().Count(notification => notification.Type == 2));
    }

    [Fact]
    public async Task Peers_forget_a_silent_node_after_the_timeout_and_a_leaving_one_at_once()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await b.Bus.DisposeAsync();
        Assert.Equal(1, a.Logger.Count(301));

        var c = await _cluster.StartNodeAsync("c");
        c.Transport.IsCutOff = true;
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal(1, a.Logger.Count(302));
    }

    [Fact]
    public async Task OnListeningAgain_announces_every_namespace()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.CompleteAsync(a.Bus.Of("/chat").JoinAsync().AsTask());
        var states = new Inbox<BusState>();
        a.Bus.StateChanged += states.Add;
        _cluster.TakeNotifications();

        a.Transport.LoseConnection();
        a.Transport.Reconnect();

        Assert.Equal([BusState.Reconnecting, BusState.Connected], await states.NextAsync(2));
        Assert.Equal([("a", 1, "/"), ("a", 1, "/chat")], _cluster.TakeNotifications().Order());
    }

    [Fact]
    public async Task Stop_drains_and_leaves()
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
        await _cluster.Time.AssertTimersAsync(0);
    }

    [Fact]
    public async Task Stop_ends_by_cancellation_although_a_handler_never_ends()
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

        using var cancellation = new CancellationTokenSource();
        var stopping = a.Bus.StopAsync(cancellation.Token);
        var disposing = a.Bus.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        Assert.False(disposing.IsCompleted);
        await cancellation.CancelAsync();
        await stopping;
        await disposing;
        Assert.Equal(BusState.Stopped, a.Bus.State);
        release.SetResult();
    }

    [Fact]
    public async Task Start_repeats_a_lost_announcement()
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
    public async Task Dispose_works_on_a_bus_that_never_started()
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
    public async Task Emit_rejects_reserved_and_empty_names(string name)
    {
        var a = await _cluster.StartNodeAsync("a");
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().All.EmitAsync(name));
        Assert.Throws<ArgumentException>(() => a.Bus.Of().All.Post(name));
    }

    [Fact]
    public async Task Emit_sends_nothing_when_already_cancelled()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (_, here) = await a.ConnectAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await a.Bus.Of().All.EmitAsync("withdrawn", default, new CancellationToken(canceled: true)));
        await a.Bus.Of().All.EmitAsync("next");
        Assert.Equal("next()", await here.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("chat")]
    [InlineData("/\0")]
    public void Of_rejects_names_that_make_no_channel(string name) =>
        Assert.Throws<ArgumentException>(() => _cluster.CreateNode("a").Bus.Of(name));
}
