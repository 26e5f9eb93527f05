using EventBus.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>Handlers that wait for each other, and handlers that never return, while sockets are disposed and the bus stops.</summary>
public sealed class WaitingHandlersTests
{
    private const string Chat = "/chat";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestCluster _cluster = new();
    private readonly TaskCompletionSource _never = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task DisposeAsync_in_handlers_of_a_cycle_of_sockets_completes(int length, bool inTask)
    {
        var a = await _cluster.StartNodeAsync("a");
        using var all = new CountdownEvent(length);
        var (entered, done) = (new TaskCompletionSource(), new Inbox<string>());
        var sockets = new LocalSocket[length];
        for (var i = 0; i < length; i++)
        {
            var next = (i + 1) % length;
            sockets[i] = await a.Bus.Of().ConnectAsync(new SocketOptions { Id = $"s{i}" }, socket => socket.On("kick", async _ =>
            {
                if (all.Signal())
                    entered.SetResult();
                await entered.Task;
                await (inTask ? Task.Run(() => sockets[next].DisposeAsync().AsTask()) : sockets[next].DisposeAsync().AsTask());
                Assert.False(sockets[next].IsConnected);
                done.Add(socket.Id);
            }));
        }

        await a.Bus.Of().All.EmitAsync("kick");
        Assert.Equal(sockets.Select(static socket => socket.Id), (await done.NextAsync(length)).Order());
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);
        Assert.Equal(0, a.Logger.Count(208));
    }

    [Fact]
    public async Task DisposeAsync_that_its_handler_awaits_ends_and_names_the_handler()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (entered, disposing) = (new TaskCompletionSource(), new TaskCompletionSource<Task>());
        var socket = await a.Bus.Of().ConnectAsync(new SocketOptions { Id = "s" }, socket => socket.On("wait", async _ =>
        {
            entered.SetResult();
            await await disposing.Task; // The task was started outside of the handler.
        }));
        await a.Bus.Of().All.EmitAsync("wait");
        await entered.Task;

        disposing.SetResult(socket.DisposeAsync().AsTask());
        await _cluster.CompleteAsync(await disposing.Task);

        Assert.Equal("Handlers still run: 'wait' of socket s.", Assert.Single(a.Reported.OfType<HandlersRunningException>()).Message);
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);
        Assert.Equal(1, a.Logger.Count(208));
    }

    [Fact]
    public async Task DisposeAsync_of_a_bus_ends_although_handlers_never_return()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var entered = new CountdownEvent(2);
        await a.Bus.Of().ConnectAsync(new SocketOptions { Id = "s" }, socket => socket.On("hang", _ => HangAsync(entered)));
        a.Bus.Of().OnServerSide("hang", async ValueTask (_) => await HangAsync(entered));
        await b.Bus.Of().All.EmitAsync("hang");
        await b.Bus.Of().ServerSideEmitAsync("hang");
        entered.Wait(Cancellation);

        await _cluster.CompleteAsync(a.Bus.DisposeAsync().AsTask());

        Assert.Equal(BusState.Stopped, a.Bus.State);
        Assert.True(a.Transport.IsDisposed);
        Assert.Equal(
            "Handlers still run: 'hang' of socket s, 'hang' of socket (server-side events of /).",
            Assert.Single(a.Reported.OfType<HandlersRunningException>()).Message);
        entered.Dispose();
    }

    [Fact]
    public async Task StopAsync_ends_with_its_token_although_a_callback_of_a_handler_blocks()
    {
        var a = await _cluster.StartNodeAsync("a");
        using var gate = new ManualResetEventSlim();
        a.Node.Memberships.Stop.Register(gate.Wait);
        using var stop = new CancellationTokenSource();

        var stopping = a.Bus.StopAsync(stop.Token);
        Assert.False(stopping.IsCompleted);
        await stop.CancelAsync();
        await _cluster.CompleteAsync(stopping).WaitAsync(Limit, Cancellation);

        Assert.True(a.Transport.IsDisposed);
        gate.Set();
    }

    [Fact]
    public async Task LeaveAsync_ends_although_a_handler_never_returns()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, a, b);
        using var entered = new CountdownEvent(1);
        await a.Bus.Of(Chat).ConnectAsync(new SocketOptions { Id = "s" }, socket => socket.On("hang", _ => HangAsync(entered)));
        await b.Bus.Of(Chat).All.EmitAsync("hang");
        entered.Wait(Cancellation);

        await _cluster.CompleteAsync(a.Bus.Of(Chat).LeaveAsync(Cancellation).AsTask());

        Assert.Single(a.Reported.OfType<HandlersRunningException>());
        Assert.Equal(1, await b.Bus.Of(Chat).ServerCountAsync(Cancellation));
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);
    }

    [Fact]
    public async Task Stop_inside_a_handler_does_not_wait_for_a_handler_that_waits_for_it()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (waits, stopped, done) = (new TaskCompletionSource(), new TaskCompletionSource(), new Inbox<string>());
        await a.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            await waits.Task;
            await a.Bus.DisposeAsync();
            Assert.True(a.Transport.IsDisposed);
            stopped.SetResult();
        }));
        await a.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            waits.SetResult();
            await stopped.Task;
            done.Add("done");
        }));

        await a.Bus.Of().All.EmitAsync("e");
        Assert.Equal("done", await done.NextAsync());
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);
        Assert.Equal(0, a.Logger.Count(208));
    }

    [Fact]
    public async Task DisposeAsync_in_a_handler_keeps_the_data_source_until_the_stop_has_left()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (wait, done, disposed) = (new TaskCompletionSource(), new Inbox<bool>(), false);
        await using var bus = new Bus(a.Node, socketQueueEvents: 1, a.Diagnostics, () =>
        {
            disposed = true;
            return ValueTask.CompletedTask;
        });
        await bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("e", async _ =>
        {
            await wait.Task;
            await bus.DisposeAsync();
            done.Add(disposed);
        }));
        await bus.Of().All.EmitAsync("e");

        var drained = new TaskCompletionSource();
        a.Transport.Draining = drained.Task;
        var stopping = bus.DisposeAsync().AsTask();
        wait.SetResult();
        Assert.False(await done.NextAsync());
        drained.SetResult();
        await stopping.WaitAsync(Limit, Cancellation);
        Assert.True(disposed);
    }

    private async ValueTask HangAsync(CountdownEvent entered)
    {
        entered.Signal();
        await _never.Task;
    }
}
