using System.Globalization;
using EventBus.Cluster;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Hostile;

/// <summary>Attacks of a role without any privilege on real nodes, as listed in docs/threat-model.md.</summary>
public sealed class ForgedNotificationTests(DatabaseFixture database) : IAsyncLifetime
{
    private const int Flood = 5_000;

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private readonly RecordingLogger _logger = new();
    private NpgsqlDataSource _dataSource = null!;
    private ForgingRole _forger = null!;
    private IEventBus _sender = null!;
    private IEventBus _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        _forger = await ForgingRole.CreateAsync(database.Server, $"{_unique}#/");
        var options = new EventBusOptions
        {
            ChannelPrefix = _unique,
            TableName = $"attachments_{_unique}",
            HeartbeatInterval = TimeSpan.FromMilliseconds(500),
            HeartbeatTimeout = TimeSpan.FromSeconds(5),
        };
        _sender = await EventBusNode.StartAsync(_dataSource, options);
        _receiver = await EventBusNode.StartAsync(_dataSource, options, new RecordingLoggerFactory(_logger));
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _receiver.DisposeAsync();
        await _forger.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    [Fact]
    public async Task Notify_flood_of_forgeries_loses_no_event_and_bounds_memory_and_log()
    {
        var handler = new StockHandler();
        await _receiver.AddHandlerAsync<IStockEvents>(handler);
        var emitter = _sender.Emitter<IStockEvents>();
        var all = Enumerable.Range(0, Flood).ToArray();
        var floods = new IEnumerable<string>[]
        {
            all.Select(static i => $"malformed {i}"),
            all.Select(static i => $$"""{"type":{{14 + i}},"uid":"x","nsp":"/"}"""),
            all.Select(static i => $$"""{"uid":"x","type":3,"attachmentId":"{{long.MaxValue - i}}"}"""),
            all.Select(static i => $$$"""{"type":8,"data":{"requestId":"{{{i:x16}}}","sockets":[]},"uid":"x","nsp":"/"}"""),
            all.Select(static i => $$$"""
                {"type":11,"data":{"requestId":"{{{i:x16}}}","clientCount":{{{int.MaxValue}}}},"uid":"x","nsp":"/"}
                """),
            all.Select(static i => $$"""{"type":2,"uid":"forged-{{i}}","nsp":"/"}"""),
            all.Select(static i => $$$"""{"type":2,"uid":"x","nsp":"/","eb":{"s":"forged-{{{i}}}","n":{{{long.MaxValue}}}}}"""),
            all.Select(static i => $$$"""
                {"type":3,"data":{"packet":{"type":2,"data":["price",{},{{{i}}}]},"opts":{"rooms":[],"except":[]}},"uid":"x","nsp":"/"}
                """),
            all.Select(i => $$$"""{"type":13,"uid":"{{{_receiver.Uid}}}","nsp":"/","forged":{{{i}}}}"""),
        };

        var number = 0;
        foreach (var flood in floods)
        {
            foreach (var part in flood.Chunk(500))
            {
                await Task.WhenAll(_forger.NotifyAsync(part), emitter.Price(number++, "real").AsTask());
                await emitter.Chart(number++, new byte[100]);
            }
        }

        await handler.UntilCountAsync(number);
        Assert.Equal(Enumerable.Range(0, number), handler.Numbers);
        Assert.Equal(3 * Flood, _receiver.Statistics.Malformed); // Invalid JSON, an unknown type, invalid arguments.
        Assert.Equal(Flood, _receiver.Statistics.Lost); // Attachments that never existed.
        Assert.InRange(await _receiver.Of().ServerCountAsync(TestContext.Current.CancellationToken), 2, Peers.MaxNodes + 1);
        Assert.All(new[] { 112, 120, 200, 310, 312 }, id => Assert.Single(_logger.Entries, entry => entry.Id == id));

        // One entry for each node that joins or leaves, and few others.
        Assert.InRange(_logger.Entries.Count, 1, (2 * Peers.MaxNodes) + 100);
    }

    [Fact]
    public async Task Notify_forged_numbers_hide_no_event_and_count_no_loss()
    {
        const int count = 500;
        var handler = new StockHandler();
        await _receiver.AddHandlerAsync<IStockEvents>(handler);
        var emitter = _sender.Emitter<IStockEvents>();
        await emitter.Price(0, "known");
        await handler.UntilCountAsync(1);
        var (source, number) = await _forger.EavesdropAsync(_sender.Uid);

        for (var i = 1; i < count; i++)
        {
            // A number far ahead that confirms itself, the next one, and an impossible one.
            if (i % 50 == 0)
            {
                await _forger.NotifyAsync(
                    Forged(source, number + (1_000_000 * i)),
                    Forged(source, number + (1_000_000 * i) + 1),
                    $$$"""{"type":2,"uid":"x","nsp":"/","eb":{"s":"{{{source}}}","n":{{{number + (1_000_000 * i) + 1}}}}}""",
                    Forged(source, number + i),
                    Forged(source, long.MaxValue));
            }

            await emitter.Price(i, "real");
        }

        await handler.UntilCountAsync(count);
        Assert.Equal(Enumerable.Range(0, count), handler.Numbers);
        Assert.Equal(0, _receiver.Statistics.Lost);
        await _logger.UntilAsync(125);
    }

    private static string Forged(string source, long number) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"type":9,"data":{"packet":["forged"]},"uid":"x","nsp":"/","eb":{"s":"{{{source}}}","n":{{{number}}}}}""");
}
