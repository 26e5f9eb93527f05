using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>
/// The bytes that both sides allocate for an event, beside a receiver that is nothing but Npgsql. A million events come before: in them the
/// queue gets its entries, and the JIT compiler replaces its first code, which boxes values.
/// </summary>
internal static class Allocations
{
    private const string EventBus = "EventBus, posted → EventBus";
    private const string Npgsql = "EventBus, posted → Npgsql's WaitAsync";

    private static readonly Load Load = new(LoadKind.Post) { Events = 1_000_000, Seconds = 60, WarmUps = 1_000_000 };

    public static Group Group { get; } = new(
        "allocations",
        "Allocated bytes for each of 1 million events",
        [Create(EventBus, "eventbus"), Create(Npgsql, "npgsql")],
        [Metric.PublisherBytes, Metric.ReceiverBytes, Metric.Rate, Metric.ReceiverCpu],
        [
            Goal.Most("bytes allocated per published event (less than)", 2, EventBus, Metric.PublisherBytes),
            Goal.MostBeyond("bytes allocated per received event beyond Npgsql's", 64, EventBus, Npgsql, Metric.ReceiverBytes),
        ]);

    private static Candidate Create(string name, string receiver) =>
        Candidate.Of(name, static load => ChildProgram.Publish("eventbus", load), Load, TrialReceiver.Of(receiver));
}
