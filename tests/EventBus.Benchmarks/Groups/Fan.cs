using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>One publisher and several nodes, in the room and not.</summary>
internal static class Fan
{
    private const string One = "1 node in the room";
    private const string Ten = "10 nodes in the room";
    private const string Elsewhere = "1 node that is not in the room";

    public static Group Group { get; } = new(
        "fan",
        "Several nodes: 300,000 events, and 1 million to a node that drops them",
        [
            Create(One, 300_000, TrialReceiver.Of("eventbus")),
            Create(Ten, 300_000, [.. Enumerable.Repeat(TrialReceiver.Of("eventbus"), 10)]),
            Create(Elsewhere, 1_000_000, TrialReceiver.Elsewhere()),
        ],
        [Metric.Rate, Metric.PublisherCpu, Metric.ReceiverCpu, Metric.PostgresCpu, Metric.ReceiverBytes, Metric.Lost, Metric.Dropped],
        [
            Goal.Most("a node that is not in the room: CPU per event, µs", 1.5, Elsewhere, Metric.ReceiverCpu),
            Goal.Ratio("10 nodes in the room, events/s of each / 1 node", 0.5, Ten, One, Metric.Rate),
        ]);

    private static Candidate Create(string name, long events, params IReadOnlyList<TrialReceiver> receivers) => Candidate.Of(
        name,
        static load => ChildProgram.Publish("eventbus", load),
        new Load(LoadKind.Post) { Events = events, Seconds = 60 },
        receivers);
}
