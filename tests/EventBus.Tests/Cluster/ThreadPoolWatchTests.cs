using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class ThreadPoolWatchTests
{
    private const int Blocked = 342;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly ThreadPoolWatch _watch;
    private readonly Queue<IThreadPoolWorkItem> _queued = new();
    private string[] _handlers = ["'order' of socket s"];

    public ThreadPoolWatchTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: _time);
        _watch = new ThreadPoolWatch(Tick, _ => _handlers, _queued.Enqueue, _time, _diagnostics);
    }

    [Fact]
    public void Check_late_work_item_is_counted_and_the_handlers_are_named_once()
    {
        for (var i = 0; i < 3; i++)
        {
            _watch.Check();
            _time.Advance(ThreadPoolWatch.Longest);
            _queued.Dequeue().Execute();
        }

        Assert.Equal(3, _diagnostics.BlockedPools.Value);
        Assert.Contains(
            "'order' of socket s", Assert.Single(_logger.Entries, static entry => entry.Id.Id == Blocked).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_late_tick_is_counted_and_the_handlers_are_named()
    {
        _watch.Check();
        _queued.Dequeue().Execute();
        _time.Advance(Tick + ThreadPoolWatch.Longest);
        _watch.Check();
        Assert.Equal((1L, 1), (_diagnostics.BlockedPools.Value, _logger.Count(Blocked)));
    }

    [Fact]
    public void Check_in_time_or_without_handlers_counts_nothing()
    {
        for (var i = 0; i < 100; i++)
        {
            _watch.Check();
            _time.Advance(ThreadPoolWatch.Longest / 2);
            _queued.Dequeue().Execute();
            _time.Advance(Tick);
        }

        _handlers = [];
        _watch.Check();
        _time.Advance(TimeSpan.FromMinutes(1));
        _watch.Check();
        Assert.Single(_queued).Execute(); // While an item waits, no other one is queued.
        Assert.Equal((0L, 0), (_diagnostics.BlockedPools.Value, _logger.Count(Blocked)));
    }

    [Fact]
    public async Task FindHandlers_names_the_events_of_handlers_that_hold_a_thread()
    {
        var cluster = new TestCluster();
        var a = await cluster.StartNodeAsync("a");
        using var gate = new ManualResetEventSlim();
        using var entered = new CountdownEvent(3);
        await a.Bus.Of().ConnectAsync(new SocketOptions { Id = "blocks" }, socket => socket.On("order", _ =>
        {
            Block();
            return ValueTask.CompletedTask;
        }));
        await a.Bus.Of().ConnectAsync(new SocketOptions { Id = "waits" }, socket => socket.On("order", async ValueTask (_) =>
        {
            await Task.Yield();
            entered.Signal();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        }));
        var typed = await a.Bus.AddHandlerAsync<IGameEvents>(new Handler(Block));

        await a.Bus.Of().All.EmitAsync("order");
        await a.Bus.Emitter<IGameEvents>().All.Score("ann", 1);
        entered.Wait(TestContext.Current.CancellationToken);

        var adapter = a.Node.Adapter("/");
        while (adapter.FindHandlers(holdingThread: true).Count() > 2)
            await Task.Yield(); // The call of the handler that awaits has not returned yet.
        string[] holding = ["'order' of socket blocks", $"'score' of IGameEvents in namespace '/' (Handler) of socket {typed.Id}"];
        Assert.Equal(holding.Order(), adapter.FindHandlers(holdingThread: true).Order());
        Assert.Equal(
            [.. holding.Append("'order' of socket waits").Order()], adapter.FindHandlers(holdingThread: false).Order());
        gate.Set();

        void Block()
        {
            entered.Signal();
            gate.Wait();
        }
    }

    private sealed class Handler(Action score) : IGameEvents
    {
        public void Score(string player, int points) => score();

        public ValueTask Say(string text) => ValueTask.CompletedTask;

        public Task Picture(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
    }
}
