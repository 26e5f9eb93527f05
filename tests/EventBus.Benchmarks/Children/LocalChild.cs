using System.Text.Json.Nodes;
using EventBus.Benchmarks.Direction;
using EventBus.Benchmarks.Events;
using EventBus.Chaos.Children;
using EventBus.Hosting;

namespace EventBus.Benchmarks.Children;

/// <summary>
/// A process with an in-memory node and many sockets. It measures local events into an empty room, into rooms whose sockets have no
/// handler (the selection alone), and into a room whose sockets have one.
/// </summary>
internal static class LocalChild
{
    private const int SocketEvents = 1 << 20;

    public static async Task<int> RunAsync(int sockets)
    {
        await using var bus = await EventBusNode.StartAsync(
            new InMemoryCluster(), new EventBusOptions { SocketQueueEvents = SocketEvents });
        var handlers = new CountingHandler[sockets];
        for (var i = 0; i < sockets; i++)
        {
            var handler = handlers[i] = new CountingHandler();
            await bus.Of().ConnectAsync(new SocketOptions { Rooms = ["idle", i % 2 == 0 ? "even" : "odd"] }, static _ => { });
            await bus.Of().ConnectAsync(new SocketOptions { Rooms = ["busy"] }, socket => socket.Handle<IBenchmarkEvents>(handler));
        }

        var emitter = bus.Emitter<IBenchmarkEvents>().Local;
        var (nobody, idle, half, busy) = (emitter.To("nobody"), emitter.To("idle"), emitter.To("even", "odd"), emitter.To("busy"));
        var empty = LocalTimer.Measure(() => nobody.Ping(0, 0), repeats: 1_000_000);
        var selections = Math.Clamp(20_000_000 / sockets, 50, 1_000_000);
        var one = LocalTimer.Measure(() => idle.Ping(0, 0), selections);
        var two = LocalTimer.Measure(() => half.Ping(0, 0), selections);
        var handled = await LocalTimer.MeasureHandledAsync(
            () => busy.Ping(0, 0), Math.Clamp(2_000_000 / sockets, 20, 200_000), handlers);

        using var lines = new ChildLines();
        lines.Report(new JsonObject
        {
            ["event"] = "measured",
            ["values"] = new JsonObject
            {
                [$"{Metric.EmptyRoomMicroseconds}"] = empty.Nanoseconds / 1_000,
                [$"{Metric.EmptyRoomBytes}"] = empty.Bytes,
                [$"{Metric.OneRoomNanoseconds}"] = Math.Max(0, one.Nanoseconds - empty.Nanoseconds) / sockets,
                [$"{Metric.OneRoomBytes}"] = one.Bytes,
                [$"{Metric.TwoRoomsNanoseconds}"] = Math.Max(0, two.Nanoseconds - empty.Nanoseconds) / sockets,
                [$"{Metric.HandlerNanoseconds}"] = handled.Nanoseconds / sockets,
                [$"{Metric.HandlerBytes}"] = handled.Bytes / sockets,
            },
        });
        return 0;
    }
}
