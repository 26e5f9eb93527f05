using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Faults;
using Xunit;

namespace EventBus.IntegrationTests.Promises;

/// <summary>A database that accepts a statement and never responds.</summary>
public sealed class StalledDatabaseTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    [Fact]
    public async Task Emit_hung_database_delivers_to_local_sockets_at_once()
    {
        await using var dataSource = fixture.Server.CreateDataSource(
            static builder => builder.ApplicationName = nameof(StalledDatabaseTests));
        await using var bus = await EventBusNode.StartAsync(
            dataSource, new EventBusOptions { ChannelPrefix = "stalled" }, cancellationToken: TestContext.Current.CancellationToken);
        var handler = new StockHandler();
        await bus.AddHandlerAsync<IStockEvents>(handler);
        await bus.Emitter<IStockEvents>().Price(1, "published");

        var backend = await fixture.FindBackendAsync(nameof(StalledDatabaseTests), Backend.Publisher);
        await fixture.Server.PauseBackendAsync(backend);
        Task hanging;
        try
        {
            hanging = bus.Emitter<IStockEvents>().Price(2, "hangs").AsTask();
            await handler.UntilCountAsync(2);
            Assert.False(hanging.IsCompleted);
        }
        finally
        {
            await fixture.Server.ResumeBackendAsync(backend);
        }

        await hanging;
        Assert.Equal([1, 2], handler.Numbers);
    }
}
