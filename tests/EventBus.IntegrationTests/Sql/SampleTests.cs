using System.Threading.Channels;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>The trigger of the sample <c>SqlTrigger</c> emits the event of its contract.</summary>
public sealed class SampleTests(DatabaseFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Trigger_of_the_sample_reaches_a_typed_handler()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        var sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "trigger.sql"), Cancellation);
        await database.ExecuteAsync(sql);
        await database.ExecuteAsync(sql);
        await using var bus = await EventBusNode.StartAsync(database.DataSource, cancellationToken: Cancellation);
        var handler = new OrderHandler();
        await bus.AddHandlerAsync<IOrderEvents>(handler, ["orders"], Cancellation);
        var id = await database.ScalarAsync<Guid>("INSERT INTO orders (total) VALUES (12345678901234567890.50) RETURNING id");
        Assert.Equal((id, 12345678901234567890.50m), await handler.Placed.Reader.ReadAsync(Cancellation));
    }

    private sealed class OrderHandler : IOrderEvents
    {
        public Channel<(Guid Id, decimal Total)> Placed { get; } = Channel.CreateUnbounded<(Guid, decimal)>();

        void IOrderEvents.Placed(Guid id, decimal total) => Assert.True(Placed.Writer.TryWrite((id, total)));
    }
}
