namespace EventBus.Wire;

/// <summary>What all messages of one channel have in common.</summary>
internal sealed record MessageEncoderOptions
{
    public required string Channel { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The node's uid, or <c>emitter</c>.</summary>
    public required string Uid { get; init; }

    /// <summary>The publish pipeline's id; null leaves EventBus's own key out, as the tests against captured bytes do.</summary>
    public required string? Source { get; init; }

    /// <summary>Whether its messages carry a unique id in the place of a number, as those sent inside a caller's transaction do. They are events only.</summary>
    public bool HasUniqueIds { get; init; }

    /// <summary>
    /// Writes just as the reference's emitter does, for the tests against captured bytes: its order of keys, the namespace in the packet instead of the
    /// message, and flags only in broadcasts. Adapters since 0.4 drop such messages, so EventBus's own emitter writes as a node does.
    /// </summary>
    public bool AsReferenceEmitter { get; init; }

    public int PayloadThreshold { get; init; } = EventBusDefaults.PayloadThreshold;

    public int MaxMessageBytes { get; init; } = EventBusDefaults.MaxMessageBytes;
}
