using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Contenders;
using EventBus.Benchmarks.Direction;
using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Groups;

/// <summary>How the cost of an event grows with the rooms, namespaces, nodes and sockets, and with the length of its text.</summary>
internal static class GrowthGroup
{
    private const long MostDeliveries = 3_000_000;

    public static Group Group { get; } = new(
        "growth",
        "Growth: up to 1 million events, and 3 million calls of handlers",
        [
            Create("1 room, namespace, node and socket", new()),
            Create("100 rooms", new() { Rooms = 100 }),
            Create("10,000 rooms", new() { Rooms = 10_000 }),
            Create("20 namespaces, by name", new() { Namespaces = 20 }),
            Create("1,000 namespaces, by name", new() { Namespaces = 1_000 }),
            Create("10 nodes", new() { Nodes = 10 }),
            Create("50 nodes", new() { Nodes = 50 }),
            Create("100 sockets", new() { Sockets = 100 }),
            Create("10,000 sockets", new() { Sockets = 10_000 }),
            Create("1 kB of text", new() { Text = 1_000 }, 500_000),
            Create("7 kB of text", new() { Text = 7_000 }, 100_000),
            Create("10 kB of text, attached", new() { Text = 10_000 }, 20_000),
            Create("100 kB of text, attached", new() { Text = 100_000 }, 2_000),
        ],
        [
            Metric.Sent, Metric.Rate, Metric.PublisherCpu, Metric.PostgresCpu, Metric.ReceiverCpu, Metric.PublisherBytes,
            Metric.ReceiverBytes, Metric.Lost, Metric.Dropped,
        ],
        []);

    private static Candidate Create(string name, ClusterSize size, long events = 1_000_000) => Candidate.Of(
        name,
        load => ChildProgram.Publish($"eventbus:{size}", load),
        new Load(LoadKind.Post)
        {
            Events = Math.Min(events, MostDeliveries / size.Copies),
            Seconds = 60,
            WarmUps = size.Text > 0 ? 1_000 : 20_000 / size.Copies,
        },
        new TrialReceiver(ChildProgram.Receive($"eventbus:{size}", EventText.Room), Copies: size.Copies));
}
