using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Xunit;

namespace EventBus.IntegrationTests.Telemetry;

/// <summary>The metrics that OpenTelemetry exports, over a real PostgreSQL.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class MetricTests(DatabaseFixture database) : TelemetryTests(database)
{
    private readonly List<Metric> _metrics = [];

    [Fact(Timeout = 120_000)]
    public async Task Histograms_measure_the_way_of_an_event_in_seconds()
    {
        using var provider = Collect();
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var (here, there) = (new StockHandler(), new StockHandler());
        await first.AddHandlerAsync<IStockEvents>(here, ["r1"], Cancellation);
        await second.AddHandlerAsync<IStockEvents>(there, ["r1"], Cancellation);
        await first.Emitter<IStockEvents>().To("r1").Price(1, "");
        Assert.True(first.Emitter<IStockEvents>().To("r1").Post.Price(2, ""));
        await first.Emitter<IStockEvents>().To("r1").Chart(3, new byte[10]);
        await using (var connection = await DataSource.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await first.Emitter<IStockEvents>().Within(transaction).To("r1").Price(4, "");
            await transaction.CommitAsync(Cancellation);
        }

        await here.UntilCountAsync(4);
        await there.UntilCountAsync(4);

        // A handler is measured when it has returned.
        await UntilAsync(() => Count("eventbus.handler.duration", "price") == 6 && Count("eventbus.handler.duration", "chart") == 2);
        Assert.Equal((3, 1), (Count("eventbus.publish.duration", "price"), Count("eventbus.publish.duration", "chart")));
        Assert.Equal((6, 2), (Count("eventbus.delivery.latency", "price"), Count("eventbus.delivery.latency", "chart")));
        Assert.Equal((6, 2), (Waits("socket", "price"), Waits("socket", "chart")));
        Assert.Equal((2, 1), (Waits("publish", "price"), Waits("publish", "chart")));
        Assert.True(Waits("receive", eventName: null) >= 4);
        foreach (var name in new[] { "publish.duration", "delivery.latency", "handler.duration", "queue.wait" })
            Assert.Equal(("s", MetricType.Histogram), (Named($"eventbus.{name}").Unit, Named($"eventbus.{name}").MetricType));
        Assert.Equal(("{message}", MetricType.Histogram), (Named("eventbus.batch.size").Unit, Named("eventbus.batch.size").MetricType));
        Assert.Contains(Points("eventbus.batch.size"), static point => point.GetHistogramCount() > 0);
        Assert.All(Points("eventbus.handler.duration"), static point =>
        {
            Assert.InRange(point.GetHistogramSum(), 0, 60);
            Assert.Equal(typeof(IStockEvents).FullName, Tag(point, "eventbus.contract"));
        });
        Assert.All(_metrics, static metric =>
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                Assert.DoesNotContain("r1", Tags(point).Values);
        });
        Assert.Equal("EventBus", Named("eventbus.batch.size").MeterName);
        Assert.False(string.IsNullOrEmpty(Named("eventbus.batch.size").MeterVersion));

        long Count(string metric, string eventName) => Points(metric)
            .Where(point => Equals(Tag(point, "eventbus.event"), eventName)).Sum(static point => point.GetHistogramCount());

        long Waits(string queue, string? eventName) => Points("eventbus.queue.wait")
            .Where(point => Equals(Tag(point, "eventbus.queue"), queue) && Equals(Tag(point, "eventbus.event"), eventName))
            .Sum(static point => point.GetHistogramCount());

        async Task UntilAsync(Func<bool> condition)
        {
            for (Flush(provider); !condition(); Flush(provider))
                await Task.Yield(); // The next flush collects again.
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Handler_that_throws_and_emit_that_fails_have_an_error_type()
    {
        using var provider = Collect();
        await using var node = await StartAsync();
        var failed = new TaskCompletionSource();
        await node.Of().ConnectAsync(
            new SocketOptions(),
            socket => socket.OnAny((_, _) =>
            {
                failed.SetResult();
                throw new NotSupportedException();
            }),
            Cancellation);
        await node.Of().All.EmitAsync("anything", cancellationToken: Cancellation);
        await failed.Task.WaitAsync(Patience, Cancellation);
        MetricPoint[] handled;
        for (Flush(provider); (handled = Points("eventbus.handler.duration")).Length == 0; Flush(provider))
            await Task.Yield(); // The next flush collects again.

        var tags = Tags(Assert.Single(handled));
        Assert.Equal(typeof(NotSupportedException).FullName, tags["error.type"]);
        Assert.DoesNotContain("eventbus.event", tags.Keys); // A sender can invent names for a handler of every event.
    }

    [Fact(Timeout = 120_000)]
    public async Task Gauges_show_the_queues_and_the_notification_queue()
    {
        using var provider = Collect();
        await using var node = await StartAsync();
        var release = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        await node.Of().ConnectAsync(
            new SocketOptions(),
            socket => socket.On("slow", _ =>
            {
                began.TrySetResult();
                return new ValueTask(release.Task);
            }),
            Cancellation);
        for (var i = 0; i < 4; i++)
            await node.Of().All.EmitAsync("slow", cancellationToken: Cancellation);
        await began.Task.WaitAsync(Patience, Cancellation);

        Flush(provider);
        var lengths = Points("eventbus.queue.length").ToDictionary(
            static point => (string)Tag(point, "eventbus.queue")!, static point => point.GetGaugeLastValueLong());
        Assert.Equal(["publish", "receive", "socket"], lengths.Keys.Order());
        Assert.Equal(3, lengths["socket"]); // and one is handled
        Assert.InRange(lengths["publish"], 0, 1); // a heartbeat may be on its way
        var usage = Assert.Single(Points("eventbus.notification_queue.usage")).GetGaugeLastValueDouble();
        Assert.InRange(usage, 0, 1);
        Assert.Equal("1", Named("eventbus.notification_queue.usage").Unit);
        release.SetResult();
    }

    [Fact(Timeout = 120_000)]
    public async Task Bus_is_measured_apart_from_another_one_and_after_its_end()
    {
        using var provider = Collect();
        var first = await StartAsync();
        await using var second = await StartAsync();
        await first.Emitter<IStockEvents>().Price(1, "");
        await second.Emitter<IStockEvents>().Price(2, "");
        Flush(provider);
        Assert.Equal([1, 1], Published());

        await first.DisposeAsync();
        await second.Emitter<IStockEvents>().Price(3, "");
        Flush(provider);
        Flush(provider); // The first one collects the meter that was disposed for the last time.
        Assert.Equal([2], Published());

        IEnumerable<long> Published() => Points("eventbus.events.published").Select(static point => point.GetSumLong());
    }

    private MeterProvider Collect() =>
        Sdk.CreateMeterProviderBuilder().AddMeter("EventBus").AddInMemoryExporter(_metrics).Build();

    private void Flush(MeterProvider provider)
    {
        _metrics.Clear();
        Assert.True(provider.ForceFlush());
    }

    private Metric Named(string name) => _metrics.First(metric => metric.Name == name);

    private MetricPoint[] Points(string name)
    {
        var points = new List<MetricPoint>();
        foreach (var metric in _metrics.Where(metric => metric.Name == name))
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
                points.Add(point);
        }

        return [.. points];
    }

    private static object? Tag(in MetricPoint point, string name) => Tags(point).GetValueOrDefault(name);

    private static Dictionary<string, object?> Tags(in MetricPoint point)
    {
        var tags = new Dictionary<string, object?>();
        foreach (var tag in point.Tags)
            tags.Add(tag.Key, tag.Value);
        return tags;
    }
}
