using EventBus.IntegrationTests.Promises;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>The statements of a node that sends and receives nothing.</summary>
public sealed class IdleStatementTests(DatabaseFixture database)
{
    private const int Interval = 2; // seconds

    [Fact(Timeout = 120_000)]
    public async Task Silent_node_proves_both_connections_by_one_notification()
    {
        var names = TestNames.Create();
        var logger = new RecordingLogger();
        await using var source = new NpgsqlDataSourceBuilder(
            new NpgsqlConnectionStringBuilder(database.Server.ConnectionString) { PersistSecurityInfo = true }.ConnectionString)
            .UseLoggerFactory(new RecordingLoggerFactory(logger)).Build();
        await using var observer = database.Server.CreateDataSource();
        var options = new EventBusOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(Interval),
            CleanupInterval = Timeout.InfiniteTimeSpan,
            DedicatedDataSource = true, // Npgsql logs only the connections of the pool to the logger of the data source.
        };
        await using var node = TestNode.Create(source, names, options);
        await node.Transport.StartAsync(node, TestContext.Current.CancellationToken);
        await node.Transport.ListenAsync(names.Channel, "/", TestContext.Current.CancellationToken);
        await using var wakes = await RawListener.ListenAsync(observer, $"eventbus-wake#{node.Transport.Source}");
        await using var heartbeats = await RawListener.ListenAsync(observer, names.Channel);

        // From here on, nothing but the checks of silence and the heartbeats of this test.
        await wakes.UntilCountAsync(1);
        var before = logger.Entries.Count;
        for (var i = 1; i <= 3; i++)
        {
            Assert.True(node.Transport.Publisher.TryPost(node.Heartbeat()));
            await heartbeats.UntilCountAsync(i);
            await wakes.UntilCountAsync(1 + i);
        }

        var statements = logger.Entries.Skip(before).Select(static entry => entry.Message)
            .Where(static message => message.StartsWith("Command execution completed", StringComparison.Ordinal)).ToArray();

        // On a machine that is busy at a bad moment, a notification may need longer than it has before the connection is checked.
        var checks = statements.Count(static statement => statement.EndsWith("SELECT 1", StringComparison.Ordinal));
        Assert.True(checks <= 1 && statements.Length > checks, string.Join('\n', statements));
        Assert.Empty(node.Reported);
    }
}
