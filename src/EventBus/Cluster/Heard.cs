namespace EventBus.Cluster;

/// <summary>What a sign of life has changed.</summary>
internal enum Heard
{
    /// <summary>Nothing: the node was known.</summary>
    Known,

    /// <summary>The node is known now.</summary>
    Joined,

    /// <summary>Nothing: too many nodes are known.</summary>
    Rejected,
}
