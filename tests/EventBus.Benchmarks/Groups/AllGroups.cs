using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Groups;

/// <summary>The groups in the order in which they are measured.</summary>
internal static class AllGroups
{
    public static IReadOnlyList<Group> List { get; } =
    [
        EndToEnd.Steady, EndToEnd.Cold, EndToEnd.Long, Publishing.Group, JournalGroup.Group, Allocations.Group, Latency.Group, Fan.Group,
        GrowthGroup.Group, Attachments.Group, Start.Group, Local.Group, QueueGroup.Group,
    ];
}
