using BenchmarkDotNet.Attributes;
using EventBus.Benchmarks.Events;
using EventBus.Hosting;

namespace EventBus.Benchmarks.Micro;

/// <summary>A local event to sockets without handlers: what the selection of the sockets costs.</summary>
public class DispatchBenchmarks
{
    private IEventBus? _bus;
    private BroadcastOperator<IBenchmarkEvents> _empty;
    private BroadcastOperator<IBenchmarkEvents> _all;
    private BroadcastOperator<IBenchmarkEvents> _halves;

    [Params(10, 1_000)]
    public int Sockets { get; set; }

    [GlobalSetup]
    public async Task ConnectAsync()
    {
        _bus = await EventBusNode.StartAsync(new InMemoryCluster());
        for (var i = 0; i < Sockets; i++)
            await _bus.Of().ConnectAsync(new SocketOptions { Rooms = ["all", i % 2 == 0 ? "even" : "odd"] }, static _ => { });
        var emitter = _bus.Emitter<IBenchmarkEvents>().Local;
        (_empty, _all, _halves) = (emitter.To("nobody"), emitter.To("all"), emitter.To("even", "odd"));
    }

    [GlobalCleanup]
    public async Task DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
    }

    [Benchmark(Description = "a room that is empty here")]
    public ValueTask Empty() => _empty.Ping(0, 0);

    [Benchmark(Description = "one room")]
    public ValueTask OneRoom() => _all.Ping(0, 0);

    [Benchmark(Description = "two rooms")]
    public ValueTask TwoRooms() => _halves.Ping(0, 0);
}
