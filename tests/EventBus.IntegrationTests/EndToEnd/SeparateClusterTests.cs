using EventBus.Hosting;
using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Nodes that differ in their prefix or database are in separate clusters, and none of them logs an error.</summary>
public sealed class SeparateClusterTests(DatabaseFixture database)
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerCountAsync_counts_no_node_with_another_prefix_or_database()
    {
        await using var source = database.Server.CreateDataSource();
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using var node = await EventBusNode.StartAsync(source, Options(_unique), cancellationToken: Cancellation);
        await using var otherPrefix = await EventBusNode.StartAsync(source, Options($"{_unique}-other"), cancellationToken: Cancellation);
        await using var otherDatabase = await EventBusNode.StartAsync(own.DataSource, Options(_unique), cancellationToken: Cancellation);
        Assert.Equal(1, await node.Of().ServerCountAsync(Cancellation));
        Assert.Equal(1, await otherPrefix.Of().ServerCountAsync(Cancellation));
        Assert.Equal(1, await otherDatabase.Of().ServerCountAsync(Cancellation));

        // The check of the runbook: a heartbeat on the channel shows the prefix and the namespace of a node.
        await using var listener = await RawListener.ListenAsync(own.DataSource, $"{_unique}#/");
        await listener.UntilAsync(otherDatabase.Uid);
    }

    private EventBusOptions Options(string prefix) => new()
    {
        ChannelPrefix = prefix,
        TableName = $"attachments_{_unique}",
        HeartbeatInterval = TimeSpan.FromSeconds(1),
    };
}
