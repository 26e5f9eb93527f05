using System.Diagnostics.Metrics;
using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.Transport;

namespace EventBus.Tests.Diagnostics;

public sealed class BusMeterTests
{
    private readonly string _name = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Publishers_of_one_name_have_meters_that_differ()
    {
        var cluster = new InMemoryCluster();
        await using var first = Create(new MemoryDatabase(cluster));
        await using (Create(new MemoryDatabase(cluster)))
        {
            await using var third = Create(new MemoryDatabase(cluster));
            Assert.Equal([null, 2, 3], Instances());
        }

        Assert.Equal([null], Instances());
        await using var second = Create(new MemoryDatabase(cluster));
        Assert.Equal([null, 2], Instances());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Meter_is_disposed_if_the_transport_cannot_be_created(bool isPublisher)
    {
        Assert.Throws<NotSupportedException>(() =>
        {
            _ = isPublisher
                ? (object)Create(new BrokenDatabase())
                : BusComposition.CreateBus(new BrokenDatabase(), options: null, loggerFactory: null, timeProvider: null, _name);
        });
        Assert.Equal([], Instances());
    }

    private EventBusPublisher Create(BusDatabase database) =>
        BusComposition.CreatePublisher(database, options: null, loggerFactory: null, timeProvider: null, _name);

    /// <summary>The tags that number the meters of this test's name.</summary>
    private object?[] Instances()
    {
        HashSet<Meter> meters = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (Tag(instrument.Meter, "eventbus.name") is string name && name == _name)
                    meters.Add(instrument.Meter);
            },
        };
        listener.Start(); // It publishes all instruments that exist.
        return [.. meters.Select(static meter => Tag(meter, "eventbus.instance")).Order()];
    }

    private static object? Tag(Meter meter, string key) => meter.Tags?.FirstOrDefault(tag => tag.Key == key).Value;

    private sealed class BrokenDatabase : BusDatabase
    {
        public override (ITransport Transport, string Source) CreateTransport(
            EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics) => throw new NotSupportedException();

        public override (IPublishPipeline Pipeline, string Source) CreatePipeline(
            EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool> connectedChanged) =>
            throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
