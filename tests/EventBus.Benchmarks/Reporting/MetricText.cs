using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Reporting;

/// <summary>The quantities and their values in words and digits.</summary>
internal static class MetricText
{
    public static string Title(Metric metric) => metric switch
    {
        Metric.Rate => "events/s",
        Metric.Sent => "events",
        Metric.P50 => "p50, µs",
        Metric.P99 => "p99, µs",
        Metric.PublisherCpu => "publisher CPU, µs",
        Metric.ReceiverCpu => "receiver CPU, µs",
        Metric.PostgresCpu => "PostgreSQL CPU, µs",
        Metric.PublisherJit => "publisher JIT, µs",
        Metric.ReceiverJit => "receiver JIT, µs",
        Metric.PublisherBytes => "publisher, B",
        Metric.ReceiverBytes => "receiver, B",
        Metric.Lost => "lost",
        Metric.Dropped => "dropped",
        Metric.Disordered => "out of order",
        Metric.StartMilliseconds => "first event, ms",
        Metric.OneRoomNanoseconds => "one room, ns",
        Metric.OneRoomBytes => "one room, B an event",
        Metric.TwoRoomsNanoseconds => "two rooms, ns",
        Metric.HandlerNanoseconds => "to a handler, ns",
        Metric.HandlerBytes => "to a handler, B",
        Metric.EmptyRoomMicroseconds => "empty room, µs an event",
        Metric.EmptyRoomBytes => "empty room, B an event",
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    /// <summary>The median, and the least and the greatest if there are several values.</summary>
    public static string Format(Spread spread) => spread.Count switch
    {
        0 => "–",
        1 => Format(spread.Median),
        _ => $"{Format(spread.Median)} ({Range(spread)})",
    };

    public static string Range(Spread spread) => $"{Format(spread.Least)}–{Format(spread.Greatest)}";

    public static string Format(double value) => Math.Abs(value) switch
    {
        >= 100 => $"{value:N0}",
        >= 10 => $"{value:0.#}",
        _ => $"{value:0.##}",
    };
}
