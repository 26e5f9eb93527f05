using EventBus.Diagnostics;
using EventBus.Serialization;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class LeavingTests
{
    private const string Chat = "/chat";

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Leave_publishes_AdapterClose_last_and_releases_everything()
    {
        var (a, b) = await StartAsync();
        var (socket, inbox) = await ConnectAsync(a, ["r1"]);
        var disconnected = new Inbox<string>();
        socket.Disconnected += () => disconnected.Add("disconnected");
        var left = new Inbox<string>();
        b.Bus.Of(Chat).NodeLeft += left.Add;
        b.Transport.IsCutOff = true;
        var requesting = a.Bus.Of(Chat).All.FetchSocketsAsync(TimeSpan.FromHours(1)).AsTask();
        _cluster.TakeNotifications();

        await a.Bus.Of(Chat).All.EmitAsync("last");
        await a.Bus.Of(Chat).LeaveAsync();

        Assert.Equal([("a", 3, Chat), ("a", 13, Chat)], _cluster.TakeNotifications());
        Assert.Equal("last()", await inbox.NextAsync());
        Assert.Equal("disconnected", await disconnected.NextAsync());
        Assert.False(socket.IsConnected);
        Assert.Empty(socket.Rooms);
        Assert.Equal("a", await left.NextAsync());
        await Assert.ThrowsAsync<EventBusClosedException>(() => requesting);
        Assert.Equal(["socket.io#/"], a.Transport.Channels);
        Assert.Equal(["/"], a.Node.Memberships.All().Select(membership => membership.Adapter.Namespace));
        Assert.Null(a.Node.Memberships.Find(Chat));
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes);

        _cluster.AdvanceInSteps(TestCluster.HeartbeatInterval * 3);
        Assert.DoesNotContain(_cluster.TakeNotifications(), notification => notification is ("a", _, Chat));
    }

    [Fact]
    public async Task Leave_does_nothing_before_joining_and_the_second_time()
    {
        var (a, _) = await StartAsync();
        var chat = a.Bus.Of(Chat);
        await chat.LeaveAsync();
        _cluster.TakeNotifications();
        await chat.LeaveAsync();
        Assert.Empty(_cluster.TakeNotifications());
        Assert.Null(a.Node.Memberships.Find(Chat));
    }

    [Fact]
    public async Task Leave_throws_for_the_main_namespace()
    {
        var (a, _) = await StartAsync();
        Assert.Contains(
            "Stop the bus",
            (await Assert.ThrowsAsync<InvalidOperationException>(async () => await a.Bus.Of().LeaveAsync())).Message,
            StringComparison.Ordinal);
        Assert.Contains("socket.io#/", a.Transport.Channels);
    }

    [Fact]
    public async Task Emit_after_Leave_is_sent_as_an_emitter()
    {
        var (a, b) = await StartAsync();
        var (_, inbox) = await ConnectAsync(b, ["r1"]);
        var chat = a.Bus.Of(Chat);
        await chat.LeaveAsync();
        _cluster.TakeNotifications();

        await chat.To("r1").EmitAsync("emitted");
        Assert.True(chat.To("r1").Post("posted"));
        await chat.To("r1").SocketsJoinAsync(["r2"]);
        await chat.ServerSideEmitAsync("notice");
        await chat.To("r2").EmitAsync("joined");

        Assert.Equal(["emitted()", "posted()", "joined()"], await inbox.NextAsync(3));
        Assert.All(_cluster.TakeNotifications(), notification => Assert.Equal("emitter", notification.Uid));
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync());
        Assert.Null(a.Node.Memberships.Find(Chat));
        Assert.Equal(["socket.io#/"], a.Transport.Channels);
    }

    [Fact]
    public async Task Use_after_Leave_joins_again_also_through_old_objects()
    {
        var (a, b) = await StartAsync();
        var (old, fresh) = (a.Bus.Of(Chat), new Inbox<string>());
        var all = old.All;
        old.NodeJoined += _ => fresh.Add("not subscribed any more");
        old.OnServerSide("notice", _ => throw new InvalidOperationException("not handled any more"));
        await old.LeaveAsync();
        await all.EmitAsync("between");

        var connecting = ConnectAsync(a, []);
        await _cluster.CompleteAsync(connecting);
        var (_, inbox) = await connecting;
        Assert.NotSame(old, a.Bus.Of(Chat));
        await all.EmitAsync("again");
        await b.Bus.Of(Chat).ServerSideEmitAsync("notice");
        Assert.Equal("again()", await inbox.NextAsync());
        Assert.Equal(0, inbox.Count);
        Assert.Equal(0, fresh.Count);
        Assert.Equal(2, await old.ServerCountAsync());
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());
        Assert.Equal(0, a.Diagnostics.HandlerFailures.Value);

        await old.LeaveAsync();
        Assert.Null(a.Node.Memberships.Find(Chat));
    }

    [Theory]
    [InlineData("join")]
    [InlineData("count")]
    [InlineData("fetch")]
    [InlineData("acks")]
    [InlineData("server-side")]
    [InlineData("handle")]
    [InlineData("subscribe")]
    public async Task Calls_that_need_a_member_join_again_after_Leave(string use)
    {
        var (a, b) = await StartAsync();
        var chat = a.Bus.Of(Chat);
        await chat.LeaveAsync();
        b.Bus.Of(Chat).OnServerSide("request", _ => ValueTask.FromResult<EventValue>(1));

        await _cluster.CompleteAsync(UseAsync());
        await _cluster.JoinAsync(Chat, a);
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());

        async Task UseAsync()
        {
            switch (use)
            {
                case "join":
                    await chat.JoinAsync();
                    break;
                case "count":
                    Assert.Equal(2, await chat.ServerCountAsync());
                    break;
                case "fetch":
                    Assert.True((await chat.All.FetchSocketsAsync(TimeSpan.FromHours(1))).IsComplete);
                    break;
                case "acks":
                    Assert.True((await chat.All.EmitWithAckAsync("e", timeout: TimeSpan.FromHours(1))).IsComplete);
                    break;
                case "server-side":
                    Assert.Single((await chat.ServerSideEmitWithAckAsync("request", timeout: TimeSpan.FromHours(1))).Responses);
                    break;
                case "handle":
                    chat.OnServerSide("e", _ => ValueTask.CompletedTask);
                    break;
                default:
                    chat.NodeLeft += static _ => { };
                    break;
            }
        }
    }

    [Fact]
    public async Task Leave_sends_the_acks_of_its_sockets_before_AdapterClose()
    {
        var (a, b) = await StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("request", async ValueTask<EventValue> (_) =>
        {
            entered.SetResult();
            await release.Task;
            return "ack";
        }));
        var requesting = b.Bus.Of(Chat).All.EmitWithAckAsync("request").AsTask();
        await entered.Task;

        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        Assert.False(leaving.IsCompleted);
        release.SetResult();
        await leaving;

        Assert.Equal(["ack"], (await requesting).Responses);
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync());
    }

    [Fact]
    public async Task Leave_waits_for_a_slow_handler_only_for_the_requests_timeout()
    {
        var (a, b) = await StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            entered.SetResult();
            await release.Task;
        }));
        await b.Bus.Of(Chat).All.EmitAsync("e");
        await entered.Task;

        var left = new Inbox<string>();
        b.Bus.Of(Chat).NodeLeft += left.Add;
        var timers = _cluster.Time.Timers;
        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        var joining = a.Bus.Of(Chat).JoinAsync().AsTask();
        while (_cluster.Time.Timers == timers)
            await Task.Yield(); // Leaving goes on in the background.
        _cluster.Time.Advance(TestCluster.RequestsTimeout / 2);
        Assert.Equal(0, left.Count);
        _cluster.Time.Advance(TestCluster.RequestsTimeout / 2);
        Assert.Equal("a", await left.NextAsync());
        await _cluster.CompleteAsync(joining);
        Assert.Contains("socket.io#/chat", a.Transport.Channels);
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());
        Assert.False(leaving.IsCompleted);
        release.SetResult();
        await leaving;
        Assert.NotNull(a.Node.Memberships.Find(Chat));
    }

    [Fact]
    public async Task EmitAsync_during_a_leave_is_followed_by_another_close_message()
    {
        var (a, b) = await StartAsync();
        var adapter = a.Node.Adapter(Chat);
        using var first = new HeldPacket.Gate();
        using var second = new HeldPacket.Gate();
        var emitting = Task.Run(() => adapter.EmitAsync(default, new HeldPacket(first), CancellationToken.None).AsTask());
        var posting = Task.Run(() => adapter.Post(default, new HeldPacket(second)));
        await first.Reached;
        await second.Reached;
        await a.Bus.Of(Chat).LeaveAsync();
        _cluster.TakeNotifications();

        first.Open();
        await emitting;
        Assert.Equal([("a", 3, Chat), ("a", 13, Chat)], _cluster.TakeNotifications());
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync());

        await _cluster.JoinAsync(Chat, a);
        _cluster.TakeNotifications();
        second.Open();
        await posting;
        Assert.Equal([("a", 3, Chat)], _cluster.TakeNotifications());
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());
    }

    [Fact]
    public async Task Connect_during_Leave_joins_the_next_membership()
    {
        var (a, b) = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            var leaving = Task.Run(async () => await a.Bus.Of(Chat).LeaveAsync());
            var (name, connected) = ($"socket-{i}", new Inbox<string>());
            var connect = a.Bus.Of(Chat).ConnectAsync(new SocketOptions { Id = name }, socket => socket.On("e", _ =>
            {
                connected.Add(name);
                return ValueTask.CompletedTask;
            })).AsTask();
            await _cluster.CompleteAsync(leaving);

            // It connected before the leave and is out, or after it and receives events, or its join failed.
            if (await OutcomeAsync(connect) is { IsConnected: true })
            {
                await b.Bus.Of(Chat).All.EmitAsync("e");
                Assert.Equal(name, await connected.NextAsync());
            }
        }

        async Task<LocalSocket?> OutcomeAsync(Task<LocalSocket> connect)
        {
            try
            {
                await _cluster.CompleteAsync(connect);
                return await connect;
            }
            catch (EventBusClosedException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task Leave_before_Join_completes_fails_the_join_and_announces_nothing()
    {
        var (a, b) = await StartAsync();
        for (var i = 0; i < 50; i++) // Joining runs on another thread, which may be early or late.
        {
            _cluster.Hub.IsDown = true;
            var joining = a.Bus.Of("/other").JoinAsync().AsTask();
            var leaving = a.Bus.Of("/other").LeaveAsync().AsTask();
            _cluster.Hub.IsDown = false;
            await _cluster.CompleteAsync(leaving);
            await Assert.ThrowsAsync<EventBusClosedException>(() => joining);
        }

        Assert.DoesNotContain(_cluster.TakeNotifications(), notification => notification is (_, 1, "/other"));
        await _cluster.JoinAsync("/other", a, b);
        Assert.Equal(2, await a.Bus.Of("/other").ServerCountAsync());
    }

    [Fact]
    public async Task Leave_logs_an_AdapterClose_that_is_not_sent_and_completes()
    {
        var (a, b) = await StartAsync();
        _cluster.Hub.IsDown = true;
        await a.Bus.Of(Chat).LeaveAsync();
        _cluster.Hub.IsDown = false;
        Assert.Equal(1, a.Logger.Count(314));
        Assert.Equal(["socket.io#/"], a.Transport.Channels);
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync());
    }

    [Fact]
    public async Task Stop_during_Leave_leaves_all_namespaces_and_awaits_the_sockets()
    {
        var (a, _) = await StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var handled = new Inbox<string>();
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            entered.SetResult();
            await release.Task;
            handled.Add("handled");
        }));
        await a.Bus.Of(Chat).All.EmitAsync("e");
        await entered.Task;
        _cluster.TakeNotifications();

        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        var stopping = a.Bus.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;
        await leaving;

        Assert.Equal("handled", await handled.NextAsync());
        Assert.Equal([("a", 13, "/"), ("a", 13, Chat)], _cluster.TakeNotifications().Distinct().Order());
        await _cluster.Time.AssertTimersAsync(1); // b's
        await a.Bus.Of(Chat).LeaveAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of(Chat).JoinAsync());
    }

    [Fact]
    public async Task Leave_goes_on_when_its_wait_is_cancelled()
    {
        var (a, b) = await StartAsync();
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            entered.SetResult();
            await release.Task;
        }));
        await b.Bus.Of(Chat).All.EmitAsync("e");
        await entered.Task;
        using var cancellation = new CancellationTokenSource();
        var leaving = a.Bus.Of(Chat).LeaveAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        release.SetResult();
        await Task.WhenAll(a.Node.Memberships.All().Where(membership => membership.Adapter.HasLeft).Select(membership => membership.Left));
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync());
    }

    private async Task<(TestNode A, TestNode B)> StartAsync()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, a, b);
        return (a, b);
    }

    private static Task<(LocalSocket Socket, Inbox<string> Inbox)> ConnectAsync(TestNode node, string[] rooms) =>
        node.ConnectAsync(rooms, Chat);

    /// <summary>A packet whose encoding waits, as if the thread were preempted there.</summary>
    private readonly struct HeldPacket(HeldPacket.Gate gate) : IPacket
    {
        public byte[] EventName => "e"u8.ToArray();

        public JournalMark Journal => default;

        public Type? Contract => null;

        public EventLabels Labels => new(contract: null, "e");

        public IReadOnlyList<object?> GetArguments() => [];

        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            gate.Pass();
            writer.BeginArray(1);
            writer.WriteUtf8(EventName);
            writer.EndArray();
        }

        public sealed class Gate : IDisposable
        {
            private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            private readonly ManualResetEventSlim _open = new();

            public Task Reached => _reached.Task;

            public void Open() => _open.Set();

            public void Pass()
            {
                _reached.TrySetResult();
                _open.Wait();
            }

            public void Dispose() => _open.Dispose();
        }
    }
}
