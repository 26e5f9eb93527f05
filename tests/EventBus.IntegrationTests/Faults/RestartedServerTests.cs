using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Promises;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>Events in transactions after a restart or a failover that the bus has not noticed yet.</summary>
public sealed class RestartedServerTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Within_after_a_restart_is_transient_until_the_publisher_has_reconnected(bool isAttached)
    {
        var names = TestNames.Create();
        await using var source = fixture.Server.CreateDataSource(static builder => builder.Pooling = false);
        await using var publisher = EventBusPublisher.Create(source, new() { ChannelPrefix = names.Table, TableName = names.Table });
        await publisher.Emitter<IStockEvents>().Price(1, "connects");
        await fixture.Server.RestartAsync(cancellationToken: Cancellation);

        // A publisher that sends nothing does not notice it, until a transaction is in another database than its connection.
        await using var listener = await RawListener.ListenAsync(source, $"{names.Table}#/");
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        Assert.False(await TrySendAsync());
        while (!await TrySendAsync())
            await Task.Yield();
        await listener.UntilAsync(isAttached ? "attachmentId" : "after the restart");

        async Task<bool> TrySendAsync()
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            try
            {
                var target = publisher.Emitter<IStockEvents>().Within(transaction);
                await (isAttached ? target.Chart(2, new byte[10]) : target.Price(2, "after the restart"));
            }
            catch (EventNotSentException exception) when (exception.IsTransient)
            {
                return false;
            }

            await transaction.CommitAsync(Cancellation);
            return true;
        }
    }

    [Fact]
    public async Task Within_copy_of_the_server_is_another_database()
    {
        var names = TestNames.Create();
        await using var source = fixture.Server.CreateDataSource(static builder => builder.Pooling = false);

        // The standby becomes a primary of its own: it has the same system identifier and the same oids.
        await using var copy = await fixture.Server.StartStandbyAsync(Cancellation);
        await using var publisher = EventBusPublisher.Create(source, new() { ChannelPrefix = names.Table, TableName = names.Table });
        await publisher.Emitter<IStockEvents>().Price(1, "connects");
        await copy.PromoteAsync(Cancellation);
        await using var other = copy.CreateDataSource();
        await using var connection = await other.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await publisher.Emitter<IStockEvents>().Within(transaction).Price(2, "on the copy"));
        Assert.Contains("start of the server", exception.Message, StringComparison.Ordinal);
        await using var command = new NpgsqlCommand("SELECT 1", connection, transaction);
        Assert.Equal(1, await command.ExecuteScalarAsync(Cancellation));
    }
}
