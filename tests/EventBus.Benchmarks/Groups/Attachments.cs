using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>Events with binary, which travel through a table. Each contender creates the table in its own way.</summary>
internal static class Attachments
{
    private const string DropTable = "DROP TABLE IF EXISTS socket_io_attachments";

    public static Group Group { get; } = new(
        "attachments",
        "Attachments, 32 under way, 4 s",
        [.. CreateOfSize(10), .. CreateOfSize(100)],
        [Metric.Rate, Metric.P50, Metric.P99, Metric.PublisherCpu, Metric.ReceiverCpu, Metric.PostgresCpu, Metric.Lost],
        [
            Goal.Ratio("attachments of 10 kB / Node.js server", 8, EventBus(10), NodeServer(10), Metric.Rate),
            Goal.Ratio("attachments of 100 kB / Node.js server", 6, EventBus(100), NodeServer(100), Metric.Rate),
        ]);

    private static IEnumerable<Candidate> CreateOfSize(int kilobytes)
    {
        var load = new Load(LoadKind.Await) { Seconds = 4, Width = 32, Bytes = kilobytes * 1_000 };
        var adapter = TrialReceiver.OfNode("postgres");
        yield return Candidate.Of(NodeServer(kilobytes), static load => ChildProgram.NodePublish("server", load), load, adapter)
            .After(DropTable);
        yield return Candidate.Of(
            EventBus(kilobytes), static load => ChildProgram.Publish("eventbus", load), load, TrialReceiver.Of("eventbus"))
            .After(DropTable);
    }

    private static string EventBus(int kilobytes) => $"EventBus, {kilobytes} kB";

    private static string NodeServer(int kilobytes) => $"Node.js server, {kilobytes} kB";
}
