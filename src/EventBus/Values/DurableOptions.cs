namespace EventBus;

/// <summary>The settings of a durable handler. All nodes of a group should have the same.</summary>
public sealed class DurableOptions
{
    /// <summary>The most partitions of a group.</summary>
    internal const int MostPartitions = 1024;

    /// <summary>
    /// The time after which another node takes over the partition of a node that shows no sign of life while it has events to handle, at
    /// the latest after twice this time; 10 s by default, at least 1 s. A node that has left the cluster is replaced at once.
    /// </summary>
    /// <remarks>
    /// The owner renews it while its handler runs, so a handler may run longer. If the handler leaves
    /// <see cref="DurableContext.Transaction"/> without a statement for this time, PostgreSQL ends the transaction, and the attempt fails.
    /// </remarks>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The number of attempts after which an event becomes a dead letter; 10 by default, at least 1. The end of a process that handles the
    /// event counts as an attempt, but an event becomes a dead letter without a call only after two of them.
    /// </summary>
    public int MaxAttempts { get; set; } = 10;

    /// <summary>The delay before the second attempt; 1 s by default. It doubles with each further one.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two attempts; 1 min by default.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The most events that are handled in one transaction, one after another, before the position of the group is stored; 64 by default,
    /// at least 1. If the process ends meanwhile, those events are handled again.
    /// </summary>
    public int TransactionEvents { get; set; } = 64;

    /// <summary>What happens to the later events of a key after one has become a dead letter; they go on by default.</summary>
    public DurableOrder Order { get; set; } = DurableOrder.Progress;

    /// <summary>
    /// The first event of a group that does not exist yet; by default the first that commits after the start of its first node.
    /// </summary>
    public DurableStart Start { get; set; } = DurableStart.Now;
}

/// <summary>The treatment of the later events of a key after one of them has become a dead letter.</summary>
public enum DurableOrder
{
    /// <summary>They are handled. The dead letter, if it is resumed, is handled after them.</summary>
    Progress,

    /// <summary>
    /// They are parked behind the dead letter, in the same table, until it is resumed and handled, or discarded. Events without a
    /// <see cref="PartitionKeyAttribute"/> have one key in common.
    /// </summary>
    Keep,
}

/// <summary>The first event of a new group.</summary>
public enum DurableStart
{
    /// <summary>The first event that commits after the group was made.</summary>
    Now,

    /// <summary>The oldest event in the journal.</summary>
    Oldest,
}
