using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>Publishing alone: nobody listens.</summary>
internal static class Publishing
{
    private const string NaiveOne = "naive Npgsql, one awaiting";
    private const string NaiveMany = "naive Npgsql, 64 awaiting";
    private const string Post = "EventBus, posted";
    private const string Await = "EventBus, 64 awaiting";
    private const string Sockets = "raw socket, batches of 256";

    public static Group Group { get; } = new(
        "publish",
        "Publishing alone, steady: 1 million events, or 10 s",
        [
            Create(NaiveOne, "npgsql", LoadKind.Await, width: 1),
            Create(NaiveMany, "npgsql", LoadKind.Await, width: 64),
            Create(Post, "eventbus", LoadKind.Post),
            Create(Await, "eventbus", LoadKind.Await, width: 64),
            Create(Sockets, "sockets", LoadKind.Post),
        ],
        [Metric.Rate, Metric.PublisherCpu, Metric.PostgresCpu, Metric.PublisherBytes],
        [
            Goal.Ratio("publish: posted / naive, one awaiting, steady", 67, Post, NaiveOne, Metric.Rate),
            Goal.Ratio("publish: 64 awaiting / naive, 64 awaiting, steady", 25, Await, NaiveMany, Metric.Rate),
            Goal.Ratio("publish: posted / raw-socket batches of 256", 0.53, Post, Sockets, Metric.Rate),
        ]);

    private static Candidate Create(string name, string contender, LoadKind kind, int width = 1) => Candidate.Of(
        name,
        load => ChildProgram.Publish(contender, load),
        new Load(kind) { Events = 1_000_000, Seconds = 10, Width = width });
}
