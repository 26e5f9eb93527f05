using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>Handlers that leave, disconnect and stop while these calls wait for handlers.</summary>
public sealed class LeavingInsideHandlersTests
{
    private const string Chat = "/chat";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestCluster _cluster = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("leave")]
    [InlineData("dispose")]
    [InlineData("disconnect")]
    [InlineData("server-side")]
    public async Task Leave_inside_a_handler_sends_its_ack_before_leaving(string way)
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        a.Bus.OfMatching(static name => name == Chat);
        await _cluster.JoinAsync(Chat, a, b);
        var chat = a.Bus.Of(Chat);
        var socket = await chat.ConnectAsync(new SocketOptions(), socket => socket.On("request", async ValueTask<EventValue> (_) =>
        {
            await LeaveAsync(socket);
            return "ack";
        }));
        a.Bus.Of(Chat).OnServerSide("request", async ValueTask<EventValue> (_) =>
        {
            await LeaveAsync(socket);
            return "ack";
        });

        if (way == "server-side")
            Assert.Equal("ack", Assert.Single((await b.Bus.Of(Chat).ServerSideEmitWithAckAsync("request")).Responses).Value);
        else
            Assert.Equal(["ack"], (await b.Bus.Of(Chat).All.EmitWithAckAsync("request")).Responses);

        Assert.False(socket.IsConnected);
        await a.Bus.Of(Chat).LeaveAsync().AsTask().WaitAsync(Limit, Cancellation);
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync(Cancellation));

        Task LeaveAsync(LocalSocket socket) => way switch
        {
            "dispose" => socket.DisposeAsync().AsTask(),
            "disconnect" => a.Bus.Of(Chat).All.Local.DisconnectSocketsAsync().AsTask(),
            _ => a.Bus.Of(Chat).LeaveAsync().AsTask(),
        };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leave_and_Stop_inside_handlers_do_not_deadlock(bool stop)
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.JoinAsync(Chat, a);
        var (entered, done) = (new CountdownEvent(3), new Inbox<string>());
        var all = new TaskCompletionSource();
        for (var i = 0; i < 3; i++)
        {
            await a.Bus.Of(Chat).ConnectAsync(new SocketOptions { Id = $"s{i}" }, socket => socket.On("over", async _ =>
            {
                if (entered.Signal())
                    all.SetResult();
                await all.Task;
                await (stop ? a.Bus.DisposeAsync() : a.Bus.Of(Chat).LeaveAsync());
                done.Add(socket.Id);
            }));
        }

        await a.Bus.Of(Chat).All.EmitAsync("over");
        Assert.Equal(["s0", "s1", "s2"], (await done.NextAsync(3)).Order());
        await a.Bus.Of(Chat).LeaveAsync().AsTask().WaitAsync(Limit, Cancellation);
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);
        entered.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_inside_a_handler_works_while_its_socket_or_namespace_leaves(bool leave)
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.JoinAsync(Chat, a);
        var (entered, release, done) = (new TaskCompletionSource(), new TaskCompletionSource(), new Inbox<string>());
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            entered.SetResult();
            await release.Task;
            await a.Bus.DisposeAsync();
            done.Add("done");
        }));
        await a.Bus.Of(Chat).All.EmitAsync("e");
        await entered.Task;
        var leaving = leave ? a.Bus.Of(Chat).LeaveAsync().AsTask() : a.Bus.Of(Chat).All.DisconnectSocketsAsync().AsTask();
        release.SetResult();
        Assert.Equal("done", await done.NextAsync());
        await leaving.WaitAsync(Limit, Cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task Leave_from_a_task_started_by_a_handler_waits_like_any_other()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, a, b);
        var left = new Inbox<string>();
        b.Bus.Of(Chat).NodeLeft += left.Add;
        var (start, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var (begun, entered) = (new Inbox<Task>(), new Inbox<string>());
        var starter = await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("start", _ =>
        {
            begun.Add(LeaveLaterAsync());
            return ValueTask.CompletedTask;
        }));
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions(), socket => socket.On("slow", async _ =>
        {
            entered.Add("slow");
            await release.Task;
        }));
        await a.Bus.Of(Chat).All.EmitAsync("start");
        var leaving = await begun.NextAsync();
        await starter.DisposeAsync();
        await a.Bus.Of(Chat).All.EmitAsync("slow");
        await entered.NextAsync();

        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes); // The timer of the disposal may still be active.
        start.SetResult();
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes + 1); // Leaving goes on in the background.
        _cluster.Time.Advance(TestCluster.RequestsTimeout);
        await left.NextAsync(); // AdapterClose is not delayed for longer.
        Assert.False(leaving.IsCompleted);
        release.SetResult();
        await leaving.WaitAsync(Limit, Cancellation);

        async Task LeaveLaterAsync()
        {
            await start.Task;
            await a.Bus.Of(Chat).LeaveAsync();
        }
    }

    [Fact]
    public async Task Leave_releases_the_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.JoinAsync(Chat, a);
        var chat = a.Bus.Of(Chat);
        var adapter = a.Node.Adapter(Chat);
        await chat.ConnectAsync(new SocketOptions(), static _ => { });
        await chat.LeaveAsync();
        Assert.Empty(adapter.Rooms.Close());
    }

    [Fact]
    public async Task Leave_waits_for_the_ack_of_a_socket_that_has_just_disconnected()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, a, b);
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var chat = a.Bus.Of(Chat);
        var socket = await chat.ConnectAsync(new SocketOptions(), socket => socket.On("request", async ValueTask<EventValue> (_) =>
        {
            entered.SetResult();
            await release.Task;
            return "ack";
        }));
        var requesting = b.Bus.Of(Chat).All.EmitWithAckAsync("request").AsTask();
        await entered.Task;

        var disposing = socket.DisposeAsync().AsTask();
        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync(Cancellation));
        release.SetResult();
        await Task.WhenAll(disposing, leaving).WaitAsync(Limit, Cancellation);

        Assert.Equal(["ack"], (await requesting).Responses);
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync(Cancellation));
    }

    [Fact]
    public async Task Leave_disconnects_all_sockets_although_one_handler_is_slow()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.JoinAsync(Chat, a);
        var (entered, release, disconnected) = (new TaskCompletionSource(), new TaskCompletionSource(), new Inbox<string>());
        var sockets = new List<LocalSocket>();
        for (var i = 0; i < 3; i++)
        {
            var socket = await a.Bus.Of(Chat).ConnectAsync(new SocketOptions { Id = $"s{i}" }, socket => socket.On("e", async _ =>
            {
                entered.SetResult();
                await release.Task;
            }));
            socket.Disconnected += () => disconnected.Add(socket.Id);
            sockets.Add(socket);
        }

        await a.Bus.Of(Chat).To("s0").EmitAsync("e");
        await entered.Task;
        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        Assert.All(sockets, static socket => Assert.False(socket.IsConnected));
        Assert.Equal(["s1", "s2"], (await disconnected.NextAsync(2)).Order());
        release.SetResult();
        await leaving.WaitAsync(Limit, Cancellation);
        Assert.Equal("s0", await disconnected.NextAsync());
    }
}
