namespace EventBus.Cluster;

/// <summary>What the cluster layer takes from the options, as one immutable copy.</summary>
internal sealed record ClusterSettings
{
    public required string Uid { get; init; }

    public required string ChannelPrefix { get; init; }

    public required int PayloadThreshold { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }

    public required TimeSpan HeartbeatTimeout { get; init; }

    public required TimeSpan RequestsTimeout { get; init; }

    public required bool RedactHandshakes { get; init; }

    public required int SocketQueueEvents { get; init; }

    public required int SocketOverflowBytes { get; init; }

    public required TimeSpan ReceivePauseTimeout { get; init; }
}
