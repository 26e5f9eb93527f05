using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A node of EventBus with default options and one socket.</summary>
internal sealed class EventBusReceiver : IReceiver
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private IEventBus? _bus;

    public long Lost => _bus?.Statistics.Lost ?? 0;

    public long Dropped => _bus?.Statistics.Dropped ?? 0;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        _bus = await EventBusNode.StartAsync(_dataSource, EventBusSettings.Create());
        await _bus.AddHandlerAsync<IBenchmarkEvents>(arrivals, [room]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}
