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
    private readonly List<string> _told = [];

    public RoomEventsTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null);
        _events = new RoomEvents("/chat", Capacity, _diagnostics);
        _registry = new RoomRegistry(_events, _diagnostics);
    }

    [Fact]
    public async Task Every_change_is_told_in_order_whatever_its_cause()
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
    public void Nothing_is_kept_while_nobody_subscribes()
    {
        Connect("a", "r1");
        Subscribe();
        Connect("b", "r1");
        Assert.Equal(["*b", "b+b", "b+r1"], Take());
    }

    [Fact]
    public async Task A_subscriber_may_change_rooms_and_hears_of_it_after_what_it_is_told_of()
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
    public async Task No_lock_is_held_while_a_subscriber_runs_and_one_change_is_told_at_a_time()
    {
        var (telling, others) = (0, new List<Task>());
        _events.Joined += member =>
        {
            Assert.Equal(1, Interlocked.Increment(ref telling));
            if (member.Room == "first")
            {
                var other = Task.Run(() => Connect("b"), TestContext.Current.CancellationToken);
                others.Add(other);
                Assert.True(other.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "Another thread waits for the subscriber.");
            }

            Interlocked.Decrement(ref telling);
        };
        Subscribe();
        Connect("a", "first", "second");
        await Task.WhenAll(others);
        Assert.Equal(["*a", "a+a", "*first", "a+first", "*second", "a+second", "*b", "b+b"], Take());
        Assert.Equal(0, _logger.Count(305));
    }

    [Fact]
    public void A_subscriber_that_throws_keeps_nobody_from_hearing()
    {
        _events.Created += _ => throw new InvalidOperationException("of the test");
        Subscribe();
        Connect("a");
        Assert.Equal(["*a", "a+a"], Take());
        Assert.Equal(1, _logger.Count(305));
    }

    [Fact]
    public async Task An_operation_that_began_to_be_left_out_is_left_out_to_its_end()
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
        var telling = Task.Run(_events.Tell, TestContext.Current.CancellationToken);
        await entered.Task;
        _events.Begin();
        for (var i = 0; i < Capacity; i++)
            _events.Add(RoomChangeKind.Joined, $"r{i}", "a");

        _events.Begin();
        _events.Add(RoomChangeKind.Left, "r0", "a");
        release.Set();
        await telling;
        _events.Add(RoomChangeKind.Deleted, "r0", "a");
        _events.Tell();

        Assert.Equal(["*slow", "a+r0", "a+r1", "a+r2", "a+r3"], Take());
        Assert.Equal(2, _diagnostics.Dropped.Value);
        _events.Begin();
        _events.Add(RoomChangeKind.Deleted, "r1", "a");
        _events.Tell();
        Assert.Equal(["/r1"], Take());
        release.Dispose();
    }

    [Fact]
    public void Behind_a_subscriber_that_is_too_slow_whole_operations_are_left_out_counted_and_logged_once()
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

        // However many changes one operation makes, they are told together.
        Connect("a", "r1");
        Assert.Equal(["*a", "a+a", "*r1", "a+r1", "*s0", "s0+s0"], Take());
        Assert.Equal(8, _diagnostics.Dropped.Value);
        Assert.Equal((1, 1), (_logger.Count(204), _logger.Count(205)));

        Connect("b");
        Assert.Equal(["*b", "b+b"], Take());
    }

    [Fact]
    public async Task Of_many_threads_each_rooms_events_are_in_order()
    {
        var events = new RoomEvents("/", 100_000, _diagnostics);
        var registry = new RoomRegistry(events, _diagnostics);
        var (told, open) = (new Dictionary<string, int>(), 0);
        events.Created += room =>
        {
            told[room] = 0;
            open++;
        };
        events.Joined += member => told[member.Room]++;
        events.Left += member => told[member.Room]--;
        events.Deleted += room =>
        {
            Assert.Equal(0, told[room]);
            told.Remove(room);
        };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var socket = new Socket($"{thread}-{i}", "/", default, TestPressure.Of(1), _diagnostics);
                registry.Add(socket, ["r1"]);
                await socket.JoinAsync("r2");
                await socket.DisposeAsync();
            }
        })));

        Assert.Empty(told);
        Assert.True(open > 2000);
        Assert.Equal(0, _logger.Count(305));
    }

    private void Subscribe()
    {
        _events.Created += room => _told.Add($"*{room}");
        _events.Joined += member => _told.Add($"{member.SocketId}+{member.Room}");
        _events.Left += member => _told.Add($"{member.SocketId}-{member.Room}");
        _events.Deleted += room => _told.Add($"/{room}");
    }

    private string[] Take()
    {
        string[] told = [.. _told];
        _told.Clear();
        return told;
    }

    private Socket Connect(string id, params string[] rooms)
    {
        var socket = new Socket(id, "/chat", default, TestPressure.Of(10), _diagnostics);
        Assert.True(_registry.Add(socket, rooms));
        return socket;
    }
}
