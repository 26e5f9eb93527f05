using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class TypedEventsTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Emit_reaches_local_and_remote_typed_handlers_in_order()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (here, there) = (new GameHandler(), new GameHandler());
        await a.Bus.AddHandlerAsync<IGameEvents>(here, ["r1"]);
        await b.Bus.AddHandlerAsync<IGameEvents>(there, ["r1", "r2"]);
        var emitter = a.Bus.Emitter<IGameEvents>();

        await emitter.To("r1").Score("ann", 3);
        await emitter.To("r1").Say();
        await emitter.To("r1", "r2").Except("empty").Picture(new byte[] { 1, 2, 3 });
        await emitter.Say("all");
        Assert.True(emitter.To("r2").Post.Say("posted"));

        string[] common = ["score ann 3", "say hello", "picture 3", "say all"];
        Assert.Equal(common, await here.Inbox.NextAsync(4));
        Assert.Equal(common.Append("say posted"), await there.Inbox.NextAsync(5));
        Assert.Equal(0, here.Inbox.Count);
    }

    [Fact]
    public async Task To_without_rooms_throws()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        string[] noRooms = [];

        Assert.Throws<ArgumentException>(() => emitter.To(noRooms));
        Assert.Throws<ArgumentException>(() => emitter.To("r1").To(noRooms));
        Assert.Throws<ArgumentException>(() => a.Bus.Of("/game").All.To(noRooms));
        Assert.Throws<ArgumentException>(() => emitter.All.Except("r1").To(noRooms));
        await emitter.To("r1").Except(noRooms).Say();
    }

    [Fact]
    public async Task To_empty_name_throws()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();

        var exception = Assert.Throws<ArgumentException>(() => emitter.To(""));
        Assert.Contains("'All'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => emitter.To("r1", ""));
        Assert.Throws<ArgumentException>(() => new Publisher<IGameEvents>(a.Bus).To(""));
        Assert.Throws<ArgumentException>(() => a.Bus.Of("/game").To(""));
        Assert.Throws<ArgumentException>(() => a.Bus.Of("/game").All.To("r1").To(""));

        exception = Assert.Throws<ArgumentException>(() => emitter.Except(""));
        Assert.Contains("'Except'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => emitter.Except("r1", ""));
        Assert.Throws<ArgumentException>(() => new Publisher<IGameEvents>(a.Bus).Except(""));
        Assert.Throws<ArgumentException>(() => a.Bus.Of("/game").All.To("r1").Except(""));
    }

    [Fact]
    public async Task Room_with_an_empty_name_of_a_peer_is_accepted()
    {
        // A Socket.IO server can have such a room.
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (socket, inbox) = await b.ConnectAsync([""]);
        Assert.Contains("", socket.Rooms);
        await a.Bus.Of().All.EmitAsync("e");
        Assert.Equal("e()", await inbox.NextAsync());
    }

    [Fact]
    public async Task Emit_with_other_arguments_is_malformed_for_one_contract_only()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (game, team) = (new GameHandler(), new TeamHandler());
        await b.Bus.AddHandlerAsync<IGameEvents>(game);
        await b.Bus.AddHandlerAsync<ITeamEvents>(team);

        await a.Bus.Emitter<ITeamEvents>().Score([1, 2]);
        await a.Bus.Emitter<IGameEvents>().Say("next");

        Assert.Equal([1, 2], await team.Inbox.NextAsync());
        Assert.Equal("say next", await game.Inbox.NextAsync());
        Assert.Equal(1, b.Bus.Statistics.Malformed);
        Assert.Equal(1, b.Logger.Count(200));
    }

    [Fact]
    public async Task Emit_payload_whose_constructor_throws_is_malformed_for_receivers()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (team, named) = (new TeamHandler(), new Inbox<string>());
        await a.Bus.AddHandlerAsync<ITeamEvents>(team);
        var (_, untyped) = await a.ConnectAsync();

        await a.Bus.Of().All.EmitAsync("move", new EventValue[] { EventValue.FromMap(new KeyValuePair<string, EventValue>("x", -1)) });
        await a.Bus.Emitter<ITeamEvents>().Move(new PickyPoint(1));

        Assert.Equal([1], await team.Inbox.NextAsync());
        Assert.StartsWith("move(", await untyped.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, a.Bus.Statistics.Malformed);
    }

    [Fact]
    public async Task Emit_unwritable_argument_throws_with_its_path()
    {
        var a = await _cluster.StartNodeAsync("a");

        var error = await Assert.ThrowsAsync<EventSerializationException>(() => a.Bus.Emitter<IGameEvents>().Say(null!).AsTask());
        Assert.Equal(("say", "text"), (error.EventName, error.Path));
        var posted = Assert.Throws<EventSerializationException>(() => a.Bus.Emitter<IGameEvents>().Post.Score(null!, 1));
        Assert.StartsWith("The event 'score' cannot be written at 'player': A value is null", posted.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_and_On_work_together_on_one_socket()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (game, team, named) = (new GameHandler(), new TeamHandler(), new Inbox<string>());
        await a.Bus.Of().ConnectAsync(new SocketOptions(), socket =>
        {
            socket.Handle<IGameEvents>(game);
            socket.Handle<ITeamEvents>(team);
            socket.On("score", arguments =>
            {
                named.Add(arguments[0].Kind.ToString());
                return ValueTask.CompletedTask;
            });
        });

        await a.Bus.Emitter<IGameEvents>().Score("ann", 3);
        await a.Bus.Emitter<ITeamEvents>().Score([4]);

        Assert.Equal("score ann 3", await game.Inbox.NextAsync());
        Assert.Equal([4], await team.Inbox.NextAsync());
        Assert.Equal(["String", "Array"], await named.NextAsync(2));
    }

    [Fact]
    public async Task Emitter_uses_the_namespace_of_its_contract()
    {
        var a = await _cluster.StartNodeAsync("a");
        var handler = new LobbyHandler();
        var adding = a.Bus.AddHandlerAsync<ILobbyEvents>(handler).AsTask();
        await _cluster.CompleteAsync(adding);
        Assert.Equal("/lobby", (await adding).Namespace);
        var (_, untyped) = await a.ConnectAsync(busNamespace: "/lobby");

        var door = Guid.NewGuid();
        await a.Bus.Emitter<ILobbyEvents>().Opened(door);

        Assert.Equal(door, await handler.Inbox.NextAsync());
        Assert.Equal($"door-opened(\"{door}\")", await untyped.NextAsync());
    }

    [Fact]
    public async Task Emitter_without_generated_code_throws()
    {
        var a = await _cluster.StartNodeAsync("a");
#pragma warning disable EVB2009 // The rule reports what the bus refuses.
        var exception = Assert.Throws<InvalidOperationException>(() => a.Bus.Emitter<IUnmarked>());
#pragma warning restore EVB2009
        Assert.Contains("[BroadcastEvent]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_operator_throws() =>
        Assert.Throws<InvalidOperationException>(() => default(PostOperator<IGameEvents>).Say());

    private sealed class GameHandler : IGameEvents
    {
        public Inbox<string> Inbox { get; } = new();

        public void Score(string player, int points) => Inbox.Add($"score {player} {points}");

        public ValueTask Say(string text)
        {
            Inbox.Add($"say {text}");
            return ValueTask.CompletedTask;
        }

        public async Task Picture(ReadOnlyMemory<byte> bytes)
        {
            await Task.Yield();
            Inbox.Add($"picture {bytes.Length}");
        }
    }

    private sealed class TeamHandler : ITeamEvents
    {
        public Inbox<List<int>> Inbox { get; } = new();

        public void Score(List<int> points) => Inbox.Add(points);

        public void Move(PickyPoint point) => Inbox.Add([point.X]);
    }

    private sealed class LobbyHandler : ILobbyEvents
    {
        public Inbox<Guid> Inbox { get; } = new();

        public void Opened(Guid door) => Inbox.Add(door);
    }
}
