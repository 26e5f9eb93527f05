using System.Runtime.CompilerServices;
using EventBus.Tests.Testing;
using Npgsql;

namespace EventBus.Tests.Cluster;

public sealed class MatchingNamespacesTests
{
    private readonly TestCluster _cluster = new();
    private readonly List<string> _setUp = [];

    [Fact]
    public async Task OfMatching_sets_up_on_first_use_and_leaves_with_the_last_socket()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var received = new Inbox<string>();
        var games = a.Bus.OfMatching(IsGame, game =>
        {
            _setUp.Add(game.Name);
            Assert.DoesNotContain($"socket.io#{game.Name}", a.Transport.Channels);
            game.OnServerSide("e", _ =>
            {
                received.Add(game.Name);
                return ValueTask.CompletedTask;
            });
        });
        await _cluster.JoinAsync("/game-1", b);
        Assert.Empty(_setUp);
        Assert.Empty(games.Names);

        for (var round = 1; round <= 2; round++)
        {
            var (first, second) = (await ConnectAsync(a, "/game-1"), await ConnectAsync(a, "/game-1"));
            Assert.Equal(Enumerable.Repeat("/game-1", round), _setUp);
            Assert.Equal(["/game-1"], games.Names);
            await b.Bus.Of("/game-1").ServerSideEmitAsync("e");
            Assert.Equal("/game-1", await received.NextAsync());
            Assert.Equal(2, await b.Bus.Of("/game-1").ServerCountAsync());

            var left = new Inbox<string>();
            b.Bus.Of("/game-1").NodeLeft += left.Add;
            await first.DisposeAsync();
            Assert.Equal(["/game-1"], games.Names);
            await second.DisposeAsync();
            Assert.Empty(games.Names);
            Assert.Equal("a", await left.NextAsync());
            await LeftAsync(a);
            Assert.Equal(["socket.io#/"], a.Transport.Channels);
            Assert.Single(a.Node.Memberships.All());
        }
    }

    [Fact]
    public async Task OfMatching_leaves_when_another_node_disconnects_the_last_socket()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        a.Bus.OfMatching(IsGame);
        await _cluster.JoinAsync("/game-1", b);
        await ConnectAsync(a, "/game-1");
        await b.Bus.Of("/game-1").All.DisconnectSocketsAsync();
        Assert.Null(a.Node.Memberships.Find("/game-1"));
    }

    [Fact]
    public async Task OfMatching_ignores_other_namespaces_and_the_main_one()
    {
        var a = await _cluster.StartNodeAsync("a");
        a.Bus.Of("/game-0");
        a.Bus.OfMatching(static _ => true, game => _setUp.Add($"first {game.Name}"));
        a.Bus.OfMatching(static _ => true, game => _setUp.Add($"second {game.Name}"));
        var (earlier, main) = (await ConnectAsync(a, "/game-0"), await ConnectAsync(a, "/"));
        await earlier.DisposeAsync();
        await main.DisposeAsync();
        Assert.NotNull(a.Node.Memberships.Find("/game-0"));
        Assert.NotNull(a.Node.Memberships.Find("/"));
        a.Bus.Of("/game-1");
        Assert.Equal(["first /game-1"], _setUp);
    }

    [Fact]
    public async Task OfMatching_tries_a_failed_setup_again_on_the_next_use()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        a.Bus.OfMatching(IsGame, game =>
        {
            _setUp.Add(game.Name);
            if (_setUp.Count > 1)
                return;
            entered.SetResult();
            release.Task.Wait(TestContext.Current.CancellationToken);
            throw new InvalidOperationException("of the test");
        });

        var first = Task.Run(() => a.Bus.Of("/game-1"), TestContext.Current.CancellationToken);
        await entered.Task;
        var second = a.Bus.Of("/game-1").JoinAsync().AsTask();
        Assert.False(second.IsCompleted);
        Assert.Equal(["socket.io#/"], a.Transport.Channels);
        release.SetResult();

        Assert.Equal("of the test", (await Assert.ThrowsAsync<InvalidOperationException>(() => first)).Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
        await LeftAsync(a);
        Assert.Single(a.Node.Memberships.All());
        await _cluster.JoinAsync("/game-1", a);
        Assert.Equal(2, _setUp.Count);
    }

    [Fact]
    public async Task OfMatching_All_reaches_the_sockets_of_each_namespace()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var games = a.Bus.OfMatching(IsGame);
        await games.All.EmitAsync("to an empty room");
        var inboxes = new List<Inbox<string>>();
        foreach (var (node, name) in new[] { (a, "/game-1"), (b, "/game-1"), (a, "/game-2"), (b, "/game-3"), (a, "/other") })
        {
            var connecting = node.ConnectAsync(["r1"], name);
            await _cluster.CompleteAsync(connecting);
            inboxes.Add((await connecting).Inbox);
        }

        _cluster.TakeNotifications();
        await games.To("r1").EmitAsync("e", new EventValue[] { 1 });
        Assert.True(games.All.Post("posted"));
        await games.All.SocketsJoinAsync(["r2"]);
        await games.To("r2").EmitAsync("joined");
        await games.To("r2").SocketsLeaveAsync(["r2"]);
        await games.To("r2").EmitAsync("to an empty room");
        foreach (var inbox in inboxes[..3])
            Assert.Equal(["e(1)", "posted()", "joined()"], await inbox.NextAsync(3));
        Assert.Equal(
            ["/game-1", "/game-2"], _cluster.TakeNotifications().Select(notification => notification.Namespace).Distinct().Order());
        Assert.All(inboxes, inbox => Assert.Equal(0, inbox.Count));

        await Assert.ThrowsAsync<ArgumentException>(async () => await games.All.EmitAsync("connect"));
        var transaction = (NpgsqlTransaction)RuntimeHelpers.GetUninitializedObject(typeof(NpgsqlTransaction));
        await Assert.ThrowsAsync<EventNotSentException>(async () => await games.All.Within(transaction).EmitAsync("e"));
        await games.All.DisconnectSocketsAsync();
        Assert.Empty(games.Names);
    }

    [Fact]
    public async Task Connect_while_the_last_socket_leaves_joins_the_next_membership()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        a.Bus.OfMatching(IsGame, game =>
        {
            lock (_setUp)
                _setUp.Add(game.Name);
        });
        await _cluster.JoinAsync("/game-1", b);
        var socket = await ConnectAsync(a, "/game-1");
        for (var i = 0; i < 50; i++)
        {
            var last = socket;
            var leaving = Task.Run(async () => await last.DisposeAsync());
            socket = await ConnectAsync(a, "/game-1");
            await leaving;
            Assert.True(socket.IsConnected);
            Assert.Equal(
                [socket.Id],
                (await b.Bus.Of("/game-1").All.FetchSocketsAsync(TimeSpan.FromHours(1))).Sockets.Select(static found => found.Id));
        }
    }

    private static bool IsGame(string name) => name.StartsWith("/game-", StringComparison.Ordinal);

    /// <summary>Completes when the node has left the namespaces that it was leaving: it does so in the background.</summary>
    private static Task LeftAsync(TestNode node) =>
        Task.WhenAll(node.Node.Memberships.All().Where(membership => membership.Adapter.HasLeft).Select(membership => membership.Left));

    private async Task<LocalSocket> ConnectAsync(TestNode node, string busNamespace)
    {
        var connecting = node.ConnectAsync(busNamespace: busNamespace);
        await _cluster.CompleteAsync(connecting);
        return (await connecting).Socket;
    }
}
