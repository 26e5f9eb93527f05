namespace EventBus.Durable;

/// <summary>Another node has taken the partition over. What this node has not committed, it must not commit.</summary>
internal sealed class PartitionFencedException : Exception;

/// <summary>The processes that have handled an event ended meanwhile, so there is no other exception.</summary>
internal sealed class ProcessEndedException(string message) : Exception(message);
