using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Joining and leaving namespaces over a real PostgreSQL.</summary>
public sealed class NamespaceTests(DatabaseFixture database)
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LeaveAsync_ends_listening_and_joining_again_reports_no_gap()
    {
        await using var dataSource = DataSource(database.Server);
        await using var others = database.Server.CreateDataSource();
        await using var node = await StartAsync(dataSource);
        await using var peer = await StartAsync(others);
        var (here, there) = (node.Of("/chat"), peer.Of("/chat"));
        await here.JoinAsync(Cancellation);
        await NodeCount.UntilAsync(there, 2);
        Assert.Equal($"LISTEN \"{_unique}#/chat\"", await LastListenAsync(database.Server));
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fromOutside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        there.NodeLeft += left.SetResult;
        await there.ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            if (name == "from outside")
                fromOutside.SetResult();
            return ValueTask.CompletedTask;
        }), Cancellation);

        await here.LeaveAsync(Cancellation);
        Assert.Equal($"UNLISTEN \"{_unique}#/chat\"", await LastListenAsync(database.Server));
        Assert.Equal(node.Uid, await left.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        for (var i = 0; i < 10; i++)
            await there.All.EmitAsync("missed", cancellationToken: Cancellation);
        await here.All.EmitAsync("from outside", cancellationToken: Cancellation);
        await fromOutside.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(1, await there.ServerCountAsync(Cancellation));

        var last = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await here.ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            last.SetResult(name);
            return ValueTask.CompletedTask;
        }), Cancellation);
        await there.All.EmitAsync("last", cancellationToken: Cancellation);
        Assert.Equal("last", await last.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation));
        await NodeCount.UntilAsync(here, 2);
        Assert.Equal((0, 0), (node.Statistics.Lost, peer.Statistics.Lost));
    }

    [Fact(Timeout = 2 * 60 * 1000)]
    public async Task LeaveAsync_stopped_server_is_not_listened_to_after_its_restart()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        await using var dataSource = DataSource(server);
        await using var others = server.CreateDataSource();
        await using var node = await StartAsync(dataSource);
        await using var peer = await StartAsync(others);
        await Task.WhenAll(node.Of("/left").JoinAsync(Cancellation).AsTask(), node.Of("/kept").JoinAsync(Cancellation).AsTask());
        var (down, up) = (new TaskCompletionSource(), new TaskCompletionSource());
        node.StateChanged += state => (state == BusState.Reconnecting ? down : up).TrySetResult();

        await server.StopAsync(ServerStop.Fast, Cancellation);
        await down.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        var leaving = node.Of("/left").LeaveAsync(Cancellation).AsTask();
        Assert.False(leaving.IsCompleted);
        await server.StartAgainAsync(Cancellation);
        await leaving;

        await up.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        // Leaving does not wait for the new connection, which may have begun to listen to the channel before.
        while (await LastListenAsync(server) != $"UNLISTEN \"{_unique}#/left\"")
            await Task.Yield();
        await NodeCount.UntilAsync(peer.Of("/kept"), 2);
        Assert.Equal(1, await peer.Of("/left").ServerCountAsync(Cancellation));
        await node.Of("/left").JoinAsync(Cancellation);
        await NodeCount.UntilAsync(peer.Of("/left"), 2);
    }

    [Fact]
    public async Task OfMatching_concurrent_namespaces_leave_nothing_behind()
    {
        await using var dataSource = DataSource(database.Server);
        await using var others = database.Server.CreateDataSource();
        await using var node = await StartAsync(dataSource);
        await using var peer = await StartAsync(others);
        var games = node.OfMatching(static name => name.StartsWith("/game-", StringComparison.Ordinal));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            var name = $"/game-{i % 10}";
            var received = new TaskCompletionSource();
            var socket = await node.Of(name).ConnectAsync(new SocketOptions { Id = $"socket-{i}" }, socket => socket.On($"e{i}", _ =>
            {
                received.SetResult();
                return ValueTask.CompletedTask;
            }), Cancellation);
            await peer.Of(name).All.EmitAsync($"e{i}", cancellationToken: Cancellation);
            await received.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
            await socket.DisposeAsync();
        }));

        Assert.Empty(games.Names);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => NodeCount.UntilAsync(peer.Of($"/game-{i}"), 1)));
        Assert.Equal((0, 0), (node.Statistics.Lost, node.Statistics.Malformed));
    }

    // The listening session runs no other statement while its keepalive is not due.
    private async Task<string?> LastListenAsync(PostgresServer server)
    {
        await using var observer = server.CreateDataSource(static builder => builder.Pooling = false);
        await using var command = observer.CreateCommand(
            "SELECT query FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%LISTEN %'");
        command.Parameters.AddWithValue(_unique);
        return (string?)await command.ExecuteScalarAsync(Cancellation);
    }

    private NpgsqlDataSource DataSource(PostgresServer server) => server.CreateDataSource(builder => builder.ApplicationName = _unique);

    private Task<IEventBus> StartAsync(NpgsqlDataSource dataSource) => EventBusNode.StartAsync(
        dataSource,
        new EventBusOptions { ChannelPrefix = _unique, TableName = $"attachments_{_unique}", KeepAliveInterval = TimeSpan.FromSeconds(30) },
        cancellationToken: Cancellation);
}
