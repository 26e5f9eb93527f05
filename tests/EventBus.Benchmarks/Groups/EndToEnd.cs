using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>
/// The small event from one process to another: steady, with 10 million events, and in the first second of both processes.
/// </summary>
internal static class EndToEnd
{
    private const string Post = "EventBus, posted → EventBus";
    private const string Await = "EventBus, 64 awaiting → EventBus";
    private const string ToNode = "EventBus, posted → Node.js adapter";
    private const string NodeServer = "Node.js server → Node.js server";
    private const string NodeEmitter = "Node.js emitter → Node.js adapter";
    private const string Redis = "StackExchange.Redis pub/sub";
    private const string Nats = "NATS.Net";
    private const string SignalR = "SignalR, Redis backplane";
    private const string NodeRedis = "node-redis pub/sub";
    private const string Naive = "naive Npgsql, 10 awaiting";

    private static readonly IReadOnlyList<Metric> Columns =
    [
        Metric.Rate, Metric.P50, Metric.P99, Metric.PublisherCpu, Metric.ReceiverCpu, Metric.PostgresCpu,
        Metric.PublisherJit, Metric.ReceiverJit, Metric.PublisherBytes, Metric.ReceiverBytes,
        Metric.Lost, Metric.Dropped, Metric.Disordered,
    ];

    public static Group Steady { get; } = new(
        "steady",
        "End to end, steady: 1 million events, or 10 s",
        CreateCandidates(new Load(LoadKind.Post) { Events = 1_000_000, Seconds = 10 }),
        Columns,
        [
            Goal.Ratio("end to end / Node.js server, steady", 40, Post, NodeServer, Metric.Rate),
            Goal.Ratio("end to end / StackExchange.Redis pub/sub, steady", 1.5, Post, Redis, Metric.Rate),
            Goal.Ratio("end to end / NATS.Net, steady", 0.8, Post, Nats, Metric.Rate),
            Goal.Ratio("end to end / SignalR's Redis backplane, steady", 2, Post, SignalR, Metric.Rate),
            Goal.Ratio("→ unmodified Node.js adapter / Node.js emitter, steady", 18, ToNode, NodeEmitter, Metric.Rate),
            Goal.Most("events dropped with default options, of 1 million", 0, Post, Metric.Dropped),
            Goal.Most("events lost, of 1 million", 0, Post, Metric.Lost),
            Goal.Most("events out of order, of 1 million", 0, Post, Metric.Disordered),
            Goal.Most("CPU of the publisher, µs per event", 1.0, Post, Metric.PublisherCpu),
            Goal.Most("CPU of the receiver, µs per event", 2.0, Post, Metric.ReceiverCpu),
            Goal.Most("CPU of PostgreSQL, µs per event", 1.3, Post, Metric.PostgresCpu),
        ]);

    public static Group Long { get; } = new(
        "long",
        "End to end, until the JIT compiler has nothing left to do: 10 million events",
        [.. CreateCandidates(new Load(LoadKind.Post) { Events = 10_000_000, Seconds = 120 })
            .Where(static candidate => candidate.Name is Post or Redis or Nats)],
        Columns,
        [
            Goal.Ratio("end to end / StackExchange.Redis pub/sub, 10 million events", 1.5, Post, Redis, Metric.Rate),
            Goal.Ratio("end to end / NATS.Net, 10 million events", 0.8, Post, Nats, Metric.Rate),
            Goal.Most("events dropped with default options, of 10 million", 0, Post, Metric.Dropped),
            Goal.Most("events lost, of 10 million", 0, Post, Metric.Lost),
            Goal.Most("events out of order, of 10 million", 0, Post, Metric.Disordered),
        ]);

    public static Group Cold { get; } = new(
        "cold",
        "End to end, cold: the first 1.2 s",
        CreateCandidates(new Load(LoadKind.Post) { Seconds = 1.2 }),
        Columns,
        [
            Goal.Ratio("end to end / Node.js server, first 1.2 s", 25, Post, NodeServer, Metric.Rate),
        ]);

    private static IReadOnlyList<Candidate> CreateCandidates(Load load)
    {
        var node = load with { Width = 256 };
        var eventBus = TrialReceiver.Of("eventbus");
        var adapter = TrialReceiver.OfNode("postgres");
        return
        [
            DotNet(Post, "eventbus", load, eventBus),
            DotNet(Await, "eventbus", load with { Kind = LoadKind.Await, Width = 64 }, eventBus),
            DotNet(ToNode, "eventbus", load, adapter),
            Candidate.Of(NodeServer, static load => ChildProgram.NodePublish("server", load), node, adapter),
            Candidate.Of(NodeEmitter, static load => ChildProgram.NodePublish("emitter", load), node, adapter),
            DotNet(Redis, "redis", load, TrialReceiver.Of("redis")),
            DotNet(Nats, "nats", load, TrialReceiver.Of("nats")),
            DotNet(SignalR, "signalr", load, TrialReceiver.Of("signalr")),
            Candidate.Of(NodeRedis, static load => ChildProgram.NodePublish("redis", load), node, TrialReceiver.OfNode("redis")),
            DotNet(Naive, "npgsql", load with { Kind = LoadKind.Await, Width = 10 }, TrialReceiver.Of("npgsql")),
        ];
    }

    private static Candidate DotNet(string name, string contender, Load load, TrialReceiver receiver) =>
        Candidate.Of(name, load => ChildProgram.Publish(contender, load), load, receiver);
}
