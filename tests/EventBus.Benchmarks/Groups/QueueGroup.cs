using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Contenders;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>
/// Queues over PostgreSQL, beside EventBus. They promise something else: each message is stored, and reaches one receiver at least once.
/// </summary>
internal static class QueueGroup
{
    private static readonly Load Load = new(LoadKind.Await) { Seconds = 3, Width = 16 };

    public static Group Group { get; } = new(
        "queues",
        "Queues over PostgreSQL: stored messages, each for one receiver. 16 awaiting, 3 s",
        [
            Create("EventBus (no queue)", "eventbus"),
            Create("Rebus.PostgreSql (a queue)", "rebus").After("DROP TABLE IF EXISTS rebus_messages"),
            Create("WolverineFx.Postgresql (a queue)", "wolverine").After($"DROP SCHEMA IF EXISTS {WolverineHost.Schema} CASCADE"),
        ],
        [Metric.Rate, Metric.P50, Metric.P99, Metric.PublisherCpu, Metric.ReceiverCpu, Metric.PostgresCpu, Metric.Lost],
        []);

    private static Candidate Create(string name, string contender) =>
        Candidate.Of(name, load => ChildProgram.Publish(contender, load), Load, TrialReceiver.Of(contender));
}
