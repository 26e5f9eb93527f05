using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.Rooms;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

public sealed class SlowSocketPolicyTests : IAsyncDisposable
{
    private const int MaxEvents = 2;
    private const int OverflowEvents = 4;
    private const int Full = 1 + MaxEvents + OverflowEvents; // One is being handled.

    private readonly RecordingLogger _logger = new();
    private readonly Inbox<Exception> _reported = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceivePressure _pressure;
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowSocketPolicyTests()
    {
        _diagnostics = new BusDiagnostics(_logger, _reported.Add);
        _pressure = new ReceivePressure(
            MaxEvents, OverflowEvents * BlockableSocket.EventBytes, TimeSpan.FromSeconds(5), TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task DropNewest_never_waits_and_reports_once_per_episode()
    {
        await using var socket = Create(SlowSocketPolicy.DropNewest);
        await socket.FillAsync(Full);
        for (var i = 0; i < 3; i++)
            Assert.False(socket.Deliver(Full + i));

        Assert.False(_pressure.IsCongested);
        await AssertReportedAsync(dropped: 3, "newest");
        Assert.Equal(Enumerable.Range(0, Full).Select(static i => (long)i), await socket.HandleLastAsync(Full));
        await DrainedAsync(3);

        // The next episode is reported again.
        await socket.FillAsync(Full);
        Assert.False(socket.Deliver(Full));
        Assert.Equal(2, _logger.Count(202));
    }

    [Fact]
    public async Task DropOldest_never_waits_and_handles_the_newest_in_order()
    {
        await using var socket = Create(SlowSocketPolicy.DropOldest);
        await socket.FillAsync(Full);
        for (var i = 0; i < 30; i++)
            Assert.True(socket.Deliver(i % 10));

        Assert.False(_pressure.IsCongested);
        await AssertReportedAsync(dropped: 30, "oldest");
        long[] expected = [0, 4, 5, 6, 7, 8, 9];
        Assert.Equal(expected, await socket.HandleLastAsync(Full));
        await DrainedAsync(30);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disconnect_drops_the_waiting_events_and_states_the_reason(bool isReceived)
    {
        await using var socket = Create(SlowSocketPolicy.Disconnect);
        var disconnected = new Inbox<string>();
        socket.Socket.Disconnected += () => disconnected.Add("disconnected");
        await socket.FillAsync(Full, isReceived);
        Assert.Null(socket.Socket.DisconnectReason);

        Assert.False(socket.Deliver(Full, isReceived));
        Assert.False(socket.Deliver(Full + 1, isReceived));

        Assert.False(socket.Socket.IsConnected);
        Assert.Equal(SocketDisconnectReason.QueueFull, socket.Socket.DisconnectReason);
        Assert.False(_pressure.IsCongested);
        Assert.Equal((Full, 1L), (_diagnostics.Dropped.Value, _diagnostics.DisconnectedSockets.Value)); // All but the one being handled.
        Assert.Equal((1, 0), (_logger.Count(209), _logger.Count(202)));
        Assert.Contains("disconnected", (await _reported.NextAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _reported.Count + disconnected.Count);

        Assert.Equal(0, Assert.Single(await socket.HandleLastAsync(1)));
        Assert.Equal("disconnected", await disconnected.NextAsync());
        Assert.Equal(0, socket.Handled.Count);
        await socket.LeaveAsync();
        Assert.Equal(SocketDisconnectReason.QueueFull, socket.Socket.DisconnectReason);
    }

    [Fact]
    public async Task Policies_of_sockets_override_the_policy_of_the_bus()
    {
        await using var bus = await StartAsync(SlowSocketPolicy.DropOldest);
        var (oldest, newest) = (new Inbox<long>(), new Inbox<long>());
        var first = await ConnectAsync(bus, policy: null, oldest);
        var second = await ConnectAsync(bus, SlowSocketPolicy.DropNewest, newest);
        await first;
        await second;
        for (var i = 1; i <= 5; i++)
            await bus.Of().All.EmitAsync("e", new EventValue[] { i });
        Assert.Equal(6, bus.Statistics.Dropped);

        _release.SetResult();
        long[] last = [0, 4, 5], first3 = [0, 1, 2];
        Assert.Equal(last, await oldest.NextAsync(3));
        Assert.Equal(first3, await newest.NextAsync(3));
    }

    [Fact]
    public async Task Disconnect_of_a_handler_is_seen_in_the_statistics_until_it_is_added_again()
    {
        await using var bus = await StartAsync(SlowSocketPolicy.Disconnect);
        var entered = new TaskCompletionSource();
        var handler = new SlowHandler(entered, _release.Task);
        var socket = await bus.AddHandlerAsync<INoteEvents>(handler);
        await bus.Emitter<INoteEvents>().All.Noted("running");
        await entered.Task;
        for (var i = 0; i < 3; i++)
            await bus.Emitter<INoteEvents>().All.Noted("waiting, then dropped");

        Assert.Equal(SocketDisconnectReason.QueueFull, socket.DisconnectReason);
        Assert.Equal(1, bus.Statistics.DisconnectedHandlers);
        await bus.AddHandlerAsync<INoteEvents>(handler);
        Assert.Equal(0, bus.Statistics.DisconnectedHandlers);
        _release.SetResult();
    }

    [Fact]
    public async Task Disconnect_does_not_apply_to_server_side_events()
    {
        var cluster = new InMemoryCluster();
        await using var bus = await StartAsync(SlowSocketPolicy.Disconnect, cluster);
        await using var publisher = EventBusPublisher.Create(cluster);
        var (entered, handled) = (new TaskCompletionSource(), new Inbox<long>());
        bus.Of().OnServerSide("e", async ValueTask (arguments) =>
        {
            entered.TrySetResult();
            await _release.Task;
            handled.Add(arguments[0].GetInt64());
        });
        await publisher.ServerSideEmitAsync("e", new EventValue[] { 0 });
        await entered.Task;
        for (var i = 1; i < 4; i++)
            await publisher.ServerSideEmitAsync("e", new EventValue[] { i });

        _release.SetResult();
        long[] all = [0, 1, 2, 3];
        Assert.Equal(all, await handled.NextAsync(4));
        await publisher.ServerSideEmitAsync("e", new EventValue[] { 4 });
        Assert.Equal(4, await handled.NextAsync());
        Assert.Equal(0, bus.Statistics.Dropped);
    }

    [Fact]
    public async Task DropOldest_ends_requests_whose_events_were_dropped()
    {
        await using var bus = await StartAsync(SlowSocketPolicy.DropOldest);
        await await ConnectAsync(bus, policy: null, new Inbox<long>());
        var requesting = bus.Of().All.EmitWithAckAsync("e", new EventValue[] { 1 }, timeout: TimeSpan.FromHours(1)).AsTask();
        Assert.False(requesting.IsCompleted);
        for (var i = 2; i <= 3; i++)
            await bus.Of().All.EmitAsync("e", new EventValue[] { i });

        var acks = await requesting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(acks.Responses);
        Assert.Equal((1, false), (acks.Expected, acks.IsComplete));
        _release.SetResult();
    }

    [Fact]
    public async Task ConnectAsync_rejects_an_unknown_policy()
    {
        await using var bus = await StartAsync(SlowSocketPolicy.DropOldest);
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await bus.Of().ConnectAsync(new SocketOptions { SlowSocketPolicy = (SlowSocketPolicy)4 }, static _ => { }));
    }

    private static Task<IEventBus> StartAsync(SlowSocketPolicy policy, InMemoryCluster? cluster = null) => EventBusNode.StartAsync(
        cluster ?? new InMemoryCluster(),
        new EventBusOptions { SlowSocketPolicy = policy, SocketQueueEvents = 1, SocketOverflowBytes = 1 },
        cancellationToken: TestContext.Current.CancellationToken);

    private BlockableSocket Create(SlowSocketPolicy policy) => new("a", _pressure, _diagnostics, policy);

    private async Task AssertReportedAsync(int dropped, string which)
    {
        Assert.Equal(dropped, _diagnostics.Dropped.Value);
        Assert.Equal((1, 0), (_logger.Count(202), _logger.Count(207)));
        Assert.Contains($"its {which} events", (await _reported.NextAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(0, _reported.Count);
    }

    private async Task DrainedAsync(int dropped)
    {
        while (_logger.Count(203) == 0)
            await Task.Yield();
        Assert.Contains(
            $"{dropped} events were dropped", _logger.Entries.Single(static entry => entry.Id.Id == 203).Text, StringComparison.Ordinal);
    }

    /// <summary>Connects a socket with a blocked handler; the inner task completes when the handler has begun with an event 0.</summary>
    private async Task<Task> ConnectAsync(IEventBus bus, SlowSocketPolicy? policy, Inbox<long> handled)
    {
        var entered = new TaskCompletionSource();
        var options = new SocketOptions { SlowSocketPolicy = policy };
        var socket = await bus.Of().ConnectAsync(options, socket => socket.On("e", async arguments =>
        {
            entered.TrySetResult();
            await _release.Task;
            handled.Add(arguments[0].GetInt64());
        }));
        await bus.Of().To(socket.Id).Local.EmitAsync("e", new EventValue[] { 0 });
        return entered.Task;
    }

    private sealed class SlowHandler(TaskCompletionSource entered, Task release) : INoteEvents
    {
        public async ValueTask Noted(string text, EventContext context, CancellationToken cancellationToken)
        {
            entered.TrySetResult();
            await release;
        }

        public ValueTask<string> Describe(EventContext context) => new("");
    }
}
