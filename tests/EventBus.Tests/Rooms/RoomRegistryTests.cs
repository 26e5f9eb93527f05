using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Serialization;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

public sealed class RoomRegistryTests
{
    private readonly RecordingLogger _logger = new();
    private readonly List<Exception> _reported = [];
    private readonly BusDiagnostics _diagnostics;
    private readonly RoomRegistry _registry;
    private readonly Inbox<string> _inbox = new();

    public RoomRegistryTests()
    {
        _diagnostics = new BusDiagnostics(_logger, exception =>
        {
            lock (_reported)
                _reported.Add(exception);
        });
        _registry = new RoomRegistry(new RoomEvents("/", capacity: 100, _diagnostics), _diagnostics);
    }

    [Theory]
    [InlineData("", "", "a b c d")] // everyone
    [InlineData("r1", "", "a b")]
    [InlineData("r1 r2", "", "a b c")] // a union, b once
    [InlineData("r1 r2", "r2", "a")]
    [InlineData("", "r1", "c d")]
    [InlineData("r1", "empty", "a b")]
    [InlineData("empty", "", "")]
    [InlineData("d", "", "d")] // its own id is a room
    [InlineData("r1 a", "", "a b")]
    [InlineData("", "a b c d", "")]
    public async Task Deliver_selects_the_union_of_rooms_except_the_excluded_once(string rooms, string excluded, string expected)
    {
        Connect("a", "r1");
        Connect("b", "r1", "r2");
        Connect("c", "r2");
        Connect("d");

        var taken = Deliver("""["e"]""", rooms, excluded);

        var names = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Length, taken);
        Assert.Equal(names, (await _inbox.NextAsync(taken)).Order());
        Assert.Equal(0, _inbox.Count);
    }

    [Fact]
    public async Task Add_disposed_socket_is_in_no_room()
    {
        var socket = Create("a");
        await socket.DisposeAsync();
        Assert.True(_registry.Add(socket, ["r1"]));
        Assert.Empty(_registry.Find(default, default));
        Assert.Empty(socket.Rooms);
        Assert.False(socket.IsConnected);
        Connect("a", "r1");
        Assert.Equal(1, Deliver("""["e"]""", "r1"));
    }

    [Fact]
    public async Task JoinAsync_and_LeaveAsync_take_effect_at_once()
    {
        var socket = Connect("a");
        Assert.Equal(0, Deliver("""["e"]""", "r1"));
        await socket.JoinAsync("r1", "r2");
        Assert.Equal(["a", "r1", "r2"], socket.Rooms.Order());
        Assert.Equal(1, Deliver("""["e"]""", "r1"));
        await socket.LeaveAsync("r1", "a", "never-joined");
        Assert.Equal(["a", "r2"], socket.Rooms.Order());
        Assert.Equal(0, Deliver("""["e"]""", "r1"));
        Assert.Equal(1, Deliver("""["e"]""", "a"));
    }

    [Fact]
    public async Task Deliver_calls_the_handler_in_order_for_one_event_at_a_time()
    {
        var running = 0;
        var received = new Inbox<long>();
        var socket = Create("a");
        socket.On("e", async arguments =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            await Task.Yield();
            received.Add(arguments[0].GetInt64());
            Interlocked.Decrement(ref running);
        });
        _registry.Add(socket, []);

        for (var i = 0; i < 1000; i++)
            Deliver($"""["e",{i}]""");

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i), await received.NextAsync(1000));
    }

    [Fact]
    public async Task Deliver_handler_that_throws_is_reported_and_the_next_event_follows()
    {
        var socket = Create("a");
        socket.On("bad", _ => throw new InvalidOperationException("mine"));
        socket.On("worse", async _ =>
        {
            await Task.Yield();
            throw new OperationCanceledException("mine too");
        });
        socket.On("good", _ =>
        {
            _inbox.Add("good");
            return ValueTask.CompletedTask;
        });
        _registry.Add(socket, []);

        Deliver("""["bad"]""");
        Deliver("""["worse"]""");
        Deliver("""["good"]""");

        Assert.Equal("good", await _inbox.NextAsync());
        Assert.Equal(2, _diagnostics.HandlerFailures.Value);
        Assert.Equal(2, _logger.Count(201));
        Assert.Equal(["mine", "mine too"], _reported.Select(exception => exception.Message));
    }

    [Fact]
    public async Task DisposeAsync_handles_queued_events_then_raises_Disconnected_once()
    {
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var socket = Create("a");
        socket.OnAny(async (name, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            _inbox.Add(name);
        });
        socket.Disconnected += () => _inbox.Add("disconnected");
        _registry.Add(socket, ["r1"]);
        Deliver("""["first"]""");
        Deliver("""["second"]""");
        await entered.Task;

        var disposing = socket.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        Assert.False(socket.IsConnected);
        Assert.Equal(0, Deliver("""["third"]""", "r1"));
        release.SetResult();
        await disposing;
        await socket.DisposeAsync();

        Assert.Equal(["first", "second", "disconnected"], await _inbox.NextAsync(3));
        Assert.Equal(0, _inbox.Count);
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await socket.JoinAsync("r2"));
    }

    [Fact]
    public async Task DisposeAsync_inside_a_handler_of_the_socket_completes()
    {
        var socket = Create("a");
        socket.On("e", async _ =>
        {
            await socket.DisposeAsync();
            _inbox.Add("disposed");
        });
        _registry.Add(socket, []);
        Deliver("""["e"]""");
        Assert.Equal("disposed", await _inbox.NextAsync());
    }

    [Fact]
    public void Deliver_undecodable_event_is_counted_once_for_all_sockets()
    {
        Connect("a");
        Connect("b");
        Assert.Equal(0, Deliver("""["e",tru]"""));
        Assert.Equal(1, _diagnostics.Malformed.Value);
        Assert.Equal(1, _logger.Count(200));
        Assert.IsType<EventSerializationException>(Assert.Single(_reported));
    }

    [Fact]
    public void Add_duplicate_id_throws()
    {
        Connect("a");
        var exception = Assert.Throws<ArgumentException>(() => Connect("a"));
        Assert.Contains("'a'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_old_socket_does_not_affect_a_new_one_with_its_id()
    {
        var old = Connect("x", "r1");
        await old.DisposeAsync();
        var next = Connect("x", "r1");

        await Assert.ThrowsAsync<EventBusClosedException>(async () => await old.JoinAsync("r2"));
        await old.LeaveAsync("r1");
        await old.DisposeAsync();

        Assert.Equal(["r1", "x"], next.Rooms.Order());
        Assert.Equal(1, Deliver("""["e"]""", "r1 x"));
        await next.JoinAsync("r2");
    }

    [Fact]
    public void Add_null_room_throws_and_changes_nothing()
    {
        Assert.Throws<ArgumentNullException>(() => Connect("a", "r1", null!));
        Assert.Empty(_registry.Find(default, default));
        Connect("a", "r1");
    }

    [Fact]
    public async Task DisposeAsync_subscriber_that_throws_does_not_stop_the_others()
    {
        var socket = Connect("a");
        socket.Disconnected += () => throw new InvalidOperationException("mine");
        socket.Disconnected += () => _inbox.Add("raised");
        await socket.DisposeAsync();
        Assert.Equal("raised", await _inbox.NextAsync());
        Assert.Equal(1, _logger.Count(305));
    }

    [Fact]
    public void Deliver_event_without_a_handler_is_not_decoded()
    {
        var socket = Create("a");
        socket.On("other", _ => ValueTask.CompletedTask);
        _registry.Add(socket, []);
        Assert.Equal(0, Deliver("""["e",tru]"""));
        Assert.Equal(0, _diagnostics.Malformed.Value);
    }

    [Fact]
    public void TryJoin_above_the_limit_changes_nothing()
    {
        var registry = new RoomRegistry(new RoomEvents("/", capacity: 100, _diagnostics), _diagnostics, maxJoinCount: 10);
        foreach (var id in (string[])["a", "b"])
        {
            var socket = new Socket(id, "/", default, TestPressure.Of(1), TestWait.Of(_diagnostics), _diagnostics)
            {
                IsManagedRemotely = true,
            };
            registry.Add(socket, ["r1"]);
        }

        Assert.False(registry.TryJoin(default, default, RoomSet.Of("r2", "r3", "r4", "r5"), out _));
        Assert.Equal(4, registry.JoinCount);
        Assert.True(registry.TryJoin(default, default, RoomSet.Of("r2", "r3", "r4"), out _));
        Assert.True(registry.TryJoin(RoomSet.Of("empty"), default, RoomSet.Of("r5"), out _));
        Assert.False(registry.TryJoin(RoomSet.Of("a"), default, RoomSet.Of("r5"), out _));
        registry.Join(RoomSet.Of("a"), default, RoomSet.Of("the application's own"));
        Assert.Equal(11, registry.JoinCount);

        registry.Leave(default, default, RoomSet.Of("r2", "r3", "the application's own"));
        Assert.Equal(6, registry.JoinCount);
        Assert.True(registry.TryJoin(RoomSet.Of("a"), default, RoomSet.Of("r5"), out _));
        foreach (var socket in registry.Find(default, default))
            registry.Remove(socket);
        Assert.Equal(0, registry.JoinCount);
    }

    private Socket Create(string id) => new(id, "/", default, TestPressure.Of(10_000), TestWait.Of(_diagnostics), _diagnostics);

    private Socket Connect(string id, params string[] rooms)
    {
        var socket = Create(id);
        socket.OnAny((_, _) =>
        {
            _inbox.Add(id);
            return ValueTask.CompletedTask;
        });
        _registry.Add(socket, rooms);
        return socket;
    }

    private int Deliver(string packetData, string rooms = "", string excluded = "")
    {
        var name = packetData.Split('"')[1];
        return _registry.Deliver(
            Encoding.UTF8.GetBytes(name),
            new EncodedValue(Encoding.UTF8.GetBytes(packetData), ValueEncoding.Json),
            new EventOrigin { Namespace = "/", Rooms = Parse(rooms), Time = TimeProvider.System },
            Parse(excluded));

        static RoomSet Parse(string rooms) => RoomSet.Of(rooms.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
