namespace EventBus.Durable;

/// <summary>Another node has taken the partition over. What this node has not committed, it must not commit.</summary>
internal sealed class PartitionFencedException : Exception;
