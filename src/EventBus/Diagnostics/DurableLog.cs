using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of durable handlers: event ids 500-599.</summary>
internal static partial class DurableLog
{
    [LoggerMessage(500, LogLevel.Information, "Group {Group}: this node handles partition {Partition} now (epoch {Epoch}).")]
    public static partial void PartitionTaken(this ILogger logger, string group, int partition, long epoch);

    [LoggerMessage(501, LogLevel.Warning,
        "Group {Group}: node {Owner} has events to handle in partition {Partition}, but no sign of life for {Silence}. "
        + "This node takes over.")]
    public static partial void PartitionTakenOver(this ILogger logger, string group, int partition, string owner, TimeSpan silence);

    [LoggerMessage(502, LogLevel.Warning,
        "Group {Group}: another node has taken partition {Partition} over. What this node has not committed was rolled back.")]
    public static partial void PartitionFenced(this ILogger logger, string group, int partition);

    [LoggerMessage(503, LogLevel.Warning, "Group {Group}: partition {Partition} cannot be handled now; trying again.")]
    public static partial void PartitionFailed(this ILogger logger, string group, int partition, Exception exception);

    [LoggerMessage(504, LogLevel.Warning, "Group {Group}: the lease of partition {Partition} could not be renewed.")]
    public static partial void LeaseNotRenewed(this ILogger logger, string group, int partition, Exception exception);

    [LoggerMessage(505, LogLevel.Warning,
        "Group {Group}: the handler of {Event} failed in attempt {Attempt}; the next one follows in {Delay}.")]
    public static partial void EventRetried(
        this ILogger logger, string group, string @event, int attempt, TimeSpan delay, Exception exception);

    [LoggerMessage(506, LogLevel.Error, "Group {Group}: {Identity} is a dead letter after {Attempts} attempts.")]
    public static partial void EventBuried(this ILogger logger, string group, EventIdentity identity, int attempts, Exception exception);

    [LoggerMessage(507, LogLevel.Warning, "Group {Group}: its tables cannot be read now; trying again.")]
    public static partial void GroupFailed(this ILogger logger, string group, Exception exception);

    [LoggerMessage(508, LogLevel.Warning,
        "Group {Group} has {Present} partitions, and this node was configured with {Configured}: it uses {Present}.")]
    public static partial void PartitionsDiffer(this ILogger logger, string group, int present, int configured);

    [LoggerMessage(509, LogLevel.Warning,
        "Group {Group} was made for the contract {Present}, and this node handles {Configured} with it. "
        + "Each group needs a name of its own.")]
    public static partial void ContractsDiffer(this ILogger logger, string group, string present, string configured);

    [LoggerMessage(510, LogLevel.Error, "Group {Group}: the dead-letter handler threw.")]
    public static partial void DeadLetterHandlerThrew(this ILogger logger, string group, Exception exception);
}
