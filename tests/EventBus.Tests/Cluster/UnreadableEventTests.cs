using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>The log of events that the contracts of a node cannot read, or do not have.</summary>
public sealed class UnreadableEventTests
{
    private const int NotDecoded = 200;
    private const int Unknown = 211;

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Each_different_decode_error_is_logged_once_in_an_episode()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var game = new GameHandler();
        await b.Bus.AddHandlerAsync<IGameEvents>(game);

        for (var i = 0; i < 3; i++)
        {
            await SendAsync("score", "ann", "many"); // the points
            await SendAsync("score", 1, 2); // the player
            await SendAsync("say", 5); // another event
        }

        await SyncAsync();
        Assert.Equal(9, b.Bus.Statistics.Malformed);
        var logged = b.Logger.Entries.Where(static entry => entry.Id.Id == NotDecoded).ToArray();
        Assert.Equal(3, logged.Length);
        Assert.Contains(logged, static entry => entry.Exception!.Message.Contains("'points'", StringComparison.Ordinal));
        Assert.Contains(logged, static entry => entry.Exception!.Message.Contains("'player'", StringComparison.Ordinal));
        Assert.Contains(logged, static entry => entry.Exception!.Message.Contains("'say'", StringComparison.Ordinal));

        ValueTask SendAsync(string name, params EventValue[] arguments) => a.Bus.Of().All.EmitAsync(name, arguments);

        async Task SyncAsync()
        {
            await a.Bus.Emitter<IGameEvents>().Say("end");
            Assert.Equal("say end", await game.Inbox.NextAsync());
        }
    }

    [Fact]
    public async Task Event_that_no_contract_has_is_logged_once_by_its_name()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (game, team) = (new GameHandler(), new TeamHandler());
        await b.Bus.AddHandlerAsync<IGameEvents>(game);
        await b.Bus.AddHandlerAsync<ITeamEvents>(team);
        await a.Bus.AddHandlerAsync<ITeamEvents>(new TeamHandler());

        await a.Bus.Of().All.EmitAsync("scored", new EventValue[] { "ann" });
        await a.Bus.Of().All.EmitAsync("scored", new EventValue[] { "ann" });
        await a.Bus.Of().All.EmitAsync("sayy");
        await a.Bus.Emitter<IGameEvents>().Say("end"); // One of the contracts of b has it.
        Assert.Equal("say end", await game.Inbox.NextAsync());

        var logged = b.Logger.Entries.Where(static entry => entry.Id.Id == Unknown).Select(static entry => entry.Text).ToArray();
        Assert.Equal(2, logged.Length);
        Assert.Contains("'scored'", logged[0], StringComparison.Ordinal);
        Assert.Contains("'sayy'", logged[1], StringComparison.Ordinal);
        Assert.Equal(0, b.Bus.Statistics.Malformed);
        Assert.Equal(0, a.Logger.Count(Unknown)); // It sent them itself.
    }

    [Fact]
    public async Task Names_that_peers_invent_are_logged_short_and_in_one_line()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var game = new GameHandler();
        await b.Bus.AddHandlerAsync<IGameEvents>(game);

        await a.Bus.Of().All.EmitAsync("a\n2026 fail: \u001b[31m\u2028" + new string('x', 1_000_000));
        await a.Bus.Emitter<IGameEvents>().Say("end");
        Assert.Equal("say end", await game.Inbox.NextAsync());

        var text = Assert.Single(b.Logger.Entries, static entry => entry.Id.Id == Unknown).Text;
        Assert.InRange(text.Length, 100, 500);
        Assert.DoesNotContain(text, static character => char.IsControl(character) || character == '\u2028');
    }

    [Fact]
    public async Task Event_for_sockets_without_a_contract_is_not_logged()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (_, inbox) = await b.ConnectAsync();
        await a.Bus.Of().All.EmitAsync("anything");
        Assert.Equal("anything()", await inbox.NextAsync());
        Assert.Equal(0, b.Logger.Count(Unknown));
    }

    private sealed class GameHandler : IGameEvents
    {
        public Inbox<string> Inbox { get; } = new();

        public void Score(string player, int points) => Inbox.Add($"score {player} {points}");

        public ValueTask Say(string text)
        {
            Inbox.Add($"say {text}");
            return ValueTask.CompletedTask;
        }

        public Task Picture(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
    }

    private sealed class TeamHandler : ITeamEvents
    {
        public void Score(List<int> points)
        {
        }

        public void Move(PickyPoint point)
        {
        }
    }
}
