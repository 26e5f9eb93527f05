using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>The cost of the journal: the small event with and without it, and a publisher without it beside one with it.</summary>
internal static class JournalGroup
{
    private const string Plain = "EventBus, posted";
    private const string Journaled = "EventBus, posted, journaled";
    private const string Beside = "EventBus, posted, beside a journaled publisher";

    public static Group Group { get; } = new(
        "journal",
        "Publishing with a journal, steady: 1 million events, or 10 s",
        [Create(Plain, "eventbus"), Create(Journaled, "eventbus-journal"), Create(Beside, "eventbus-beside")],
        [Metric.Rate, Metric.PublisherCpu, Metric.PostgresCpu, Metric.PublisherBytes],
        [Goal.Ratio("journal: posted, journaled / posted", 0.5, Journaled, Plain, Metric.Rate)]);

    private static Candidate Create(string name, string contender) => Candidate.Of(
        name,
        load => ChildProgram.Publish(contender, load),
        new Load(LoadKind.Post) { Events = 1_000_000, Seconds = 10 });
}
