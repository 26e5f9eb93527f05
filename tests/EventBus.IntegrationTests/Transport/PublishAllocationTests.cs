using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>
/// The bytes that a posted event allocates over PostgreSQL, Npgsql's included. The whole process is counted, so no other test runs
/// meanwhile.
/// </summary>
[Collection(nameof(PublishAllocationTests))]
[CollectionDefinition(nameof(PublishAllocationTests), DisableParallelization = true)]
public sealed class PublishAllocationTests(DatabaseFixture database)
{
    private const int Events = 150_000;

    // Measured: 2.7 if every statement is full, as on a machine that has time. A slow producer fills it with fewer events.
    private const double MaxBytesPerEvent = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Post_allocates_a_few_bytes_for_each_event()
    {
        await using var dataSource = database.Server.CreateDataSource();
        var names = TestNames.Create();
        await using var publisher = EventBusPublisher.Create(
            dataSource, new EventBusOptions { ChannelPrefix = names.Channel[..^2], TableName = names.Table });
        var emitter = publisher.Emitter<IStockEvents>();
        var least = double.MaxValue;
        for (var began = TimeProvider.System.GetTimestamp();
            least > MaxBytesPerEvent && TimeProvider.System.GetElapsedTime(began) < Patience;)
        {
            await PostAsync(emitter, Events);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await PostAsync(emitter, Events);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Events);
        }

        TestContext.Current.SendDiagnosticMessage($"{least:F2} bytes for each posted event");
        Assert.InRange(least, 0, MaxBytesPerEvent);
    }

    private static async Task PostAsync(Publisher<IStockEvents> emitter, int events)
    {
        for (var i = 0; i < events; i++)
        {
            // If the queue is full, one awaited emit waits until all events before it are published.
            if (!emitter.To("room1").Post.Price(i % 10, "a text of the usual length"))
                await emitter.To("room1").Price(i % 10, "a text of the usual length");
        }

        await emitter.To("room1").Price(0, "last");
    }
}
