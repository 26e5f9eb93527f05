using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

public sealed class RoomEventsTests
{
    private const int Capacity = 4;

    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly RoomEvents _events;
    private readonly RoomRegistry _registry;
    private readonly List<string> _raised = [];

    public RoomEventsTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null);
        _events = new RoomEvents("/chat", Capacity, _diagnostics);
        _registry = new RoomRegistry(_events, _diagnostics);
    }

    [Fact]
    public async Task Raise_every_change_is_raised_in_order()
    {
        Subscribe();
        var a = Connect("a", "r1");
        await a.JoinAsync("r1", "r2");
        var b = Connect("b", "r1");
        Assert.Equal(["*a", "a+a", "*r1", "a+r1", "*r2", "a+r2", "*b", "b+b", "b+r1"], Take());

        await b.LeaveAsync("r1", "b", "nowhere");
        _registry.Join(RoomSet.Of("b"), default, RoomSet.Of("r2", "r3"));
        _registry.Leave(RoomSet.Of("r2"), default, RoomSet.Of("r2"));
        Assert.Equal(["b-r1", "b+r2", "*r3", "b+r3", "a-r2", "b-r2", "/r2"], Take());

        await a.DisposeAsync();
        await a.DisposeAsync();
        Assert.Equal(["a-a", "/a", "a-r1", "/r1"], Take());
        _registry.Close();
        Assert.Equal(["b-b", "/b", "b-r3", "/r3"], Take());
    }

    [Fact]
    public void Add_without_subscribers_queues_nothing()
    {
        Connect("a", "r1");
        Subscribe();
        Connect("b", "r1");
        Assert.Equal(["*b", "b+b", "b+r1"], Take());
    }

    [Fact]
    public async Task Raise_change_made_by_a_subscriber_is_raised_afterwards()
    {
        _events.Joined += member =>
        {
            if (member.Room == "r1")
                _registry.Join(RoomSet.Of(member.SocketId), default, RoomSet.Of("r2"));
        };
        Subscribe();
        var a = Connect("a", "r1");
        Assert.Equal(["*a", "a+a", "*r1", "a+r1", "*r2", "a+r2"], Take());
        Assert.Equal(["a", "r1", "r2"], a.Rooms.Order());
        await a.DisposeAsync();
    }

    [Fact]
    public async Task Raise_holds_no_lock_and_raises_one_change_at_a_time()
    {
        var (running, others) = (0, new List<Task>());
        _events.Joined += member =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            if (member.Room == "first")
            {
                var other = Task.Run(() => Connect("b"), TestContext.Current.CancellationToken);
                others.Add(other);
                var isDone = other.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                Assert.True(isDone, "Another thread waits for the subscriber.");
            }

            Interlocked.Decrement(ref running);
        };
        Subscribe();
        Connect("a", "first", "second");
        await Task.WhenAll(others);
        Assert.Equal(["*a", "a+a", "*first", "a+first", "*second", "a+second", "*b", "b+b"], Take());
        Assert.Equal(0, _logger.Count(305));
    }

    [Fact]
    public void Raise_subscriber_that_throws_does_not_stop_the_others()
    {
        _events.Created += _ => throw new InvalidOperationException("of the test");
        Subscribe();
        Connect("a");
        Assert.Equal(["*a", "a+a"], Take());
        Assert.Equal(1, _logger.Count(305));
    }

    [Fact]
    public async Task Begin_full_queue_drops_the_operation_to_its_end()
    {
        var (entered, release) = (new TaskCompletionSource(), new ManualResetEventSlim());
        _events.Created += room =>
        {
            if (room != "slow")
                return;
            entered.SetResult();
            release.Wait(TestContext.Current.CancellationToken);
        };
        Subscribe();
        _events.Begin();
        _events.Add(RoomChangeKind.Created, "slow", "a");
        var raising = Task.Run(_events.Raise, TestContext.Current.CancellationToken);
        await entered.Task;
        _events.Begin();
        for (var i = 0; i < Capacity; i++)
            _events.Add(RoomChangeKind.Joined, $"r{i}", "a");

        _events.Begin();
        _events.Add(RoomChangeKind.Left, "r0", "a");
        release.Set();
        await raising;
        _events.Add(RoomChangeKind.Deleted, "r0", "a");
        _events.Raise();

        Assert.Equal(["*slow", "a+r0", "a+r1", "a+r2", "a+r3"], Take());
        Assert.Equal(2, _diagnostics.Dropped.Value);
        _events.Begin();
        _events.Add(RoomChangeKind.Deleted, "r1", "a");
        _events.Raise();
        Assert.Equal(["/r1"], Take());
        release.Dispose();
    }

    [Fact]
    public void Add_slow_subscriber_drops_whole_operations_and_logs_once()
    {
        var isFirst = true;
        _events.Created += _ =>
        {
            if (!isFirst)
                return;
            isFirst = false;
            for (var i = 0; i < 5; i++)
                Connect($"s{i}");
        };
        Subscribe();

        // All changes of one operation are raised together.
        Connect("a", "r1");
        Assert.Equal(["*a", "a+a", "*r1", "a+r1", "*s0", "s0+s0"], Take());
        Assert.Equal(8, _diagnostics.Dropped.Value);
        Assert.Equal((1, 1), (_logger.Count(204), _logger.Count(205)));

        Connect("b");
        Assert.Equal(["*b", "b+b"], Take());
    }

    [Fact]
    public async Task Raise_many_threads_keeps_the_order_of_each_room()
    {
        var events = new RoomEvents("/", 100_000, _diagnostics);
        var registry = new RoomRegistry(events, _diagnostics);
        var (raised, open) = (new Dictionary<string, int>(), 0);
        events.Created += room =>
        {
            raised[room] = 0;
            open++;
        };
        events.Joined += member => raised[member.Room]++;
        events.Left += member => raised[member.Room]--;
        events.Deleted += room =>
        {
            Assert.Equal(0, raised[room]);
            raised.Remove(room);
        };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var socket = new Socket($"{thread}-{i}", "/", default, TestPressure.Of(1), TestWait.Of(_diagnostics), _diagnostics);
                registry.Add(socket, ["r1"]);
                await socket.JoinAsync("r2");
                await socket.DisposeAsync();
            }
        })));

        Assert.Empty(raised);
        Assert.True(open > 2000);
        Assert.Equal(0, _logger.Count(305));
    }

    private void Subscribe()
    {
        _events.Created += room => _raised.Add($"*{room}");
        _events.Joined += member => _raised.Add($"{member.SocketId}+{member.Room}");
        _events.Left += member => _raised.Add($"{member.SocketId}-{member.Room}");
        _events.Deleted += room => _raised.Add($"/{room}");
    }

    private string[] Take()
    {
        string[] raised = [.. _raised];
        _raised.Clear();
        return raised;
    }

    private Socket Connect(string id, params string[] rooms)
    {
        var socket = new Socket(id, "/chat", default, TestPressure.Of(10), TestWait.Of(_diagnostics), _diagnostics);
        Assert.True(_registry.Add(socket, rooms));
        return socket;
    }
}
