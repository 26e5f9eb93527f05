using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>Latencies at a given rate, and under a load so light that events never meet.</summary>
internal static class Latency
{
    private const string EventBus = "EventBus";
    private const string Naive = "naive Npgsql";

    public static Group Group { get; } = new(
        "latency",
        "Latency: at a rate, and of one awaited event every 2 ms (light)",
        [
            .. CreateAtRate(1_000),
            .. CreateAtRate(5_000),
            CreateLight(EventBus, "eventbus"),
            CreateLight(Naive, "npgsql"),
            CreateLight("StackExchange.Redis", "redis"),
            CreateLight("NATS.Net", "nats"),
        ],
        [Metric.P50, Metric.P99, Metric.Rate, Metric.PublisherCpu, Metric.ReceiverCpu, Metric.PostgresCpu, Metric.Lost],
        [
            Goal.Ratio("p50 at 1k/s / naive", 0.8, At(EventBus, 1_000), At(Naive, 1_000), Metric.P50, isLeast: false),
            Goal.Ratio("p99 at 1k/s / naive", 1.0, At(EventBus, 1_000), At(Naive, 1_000), Metric.P99, isLeast: false),
            Goal.Ratio("p50 at 5k/s / naive", 0.25, At(EventBus, 5_000), At(Naive, 5_000), Metric.P50, isLeast: false),
            Goal.Ratio("light-load p50 / naive", 1.05, Light(EventBus), Light(Naive), Metric.P50, isLeast: false),
        ]);

    private static IEnumerable<Candidate> CreateAtRate(int rate)
    {
        var load = new Load(LoadKind.Open) { Seconds = 3, Rate = rate, Width = 10 };
        yield return Create(At(EventBus, rate), "eventbus", load);
        yield return Create(At(Naive, rate), "npgsql", load);
    }

    private static Candidate CreateLight(string name, string contender) =>
        Create(Light(name), contender, new Load(LoadKind.Paced) { Seconds = 3, Pause = 2 });

    private static Candidate Create(string name, string contender, Load load) =>
        Candidate.Of(name, load => ChildProgram.Publish(contender, load), load, TrialReceiver.Of(contender));

    private static string At(string name, int rate) => $"{name}, {rate / 1_000}k/s";

    private static string Light(string name) => $"{name}, light";
}
