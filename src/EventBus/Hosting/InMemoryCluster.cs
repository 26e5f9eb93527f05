using EventBus.Transport.InMemory;

namespace EventBus.Hosting;

/// <summary>
/// Stands for the database of a cluster that lives within one process: nodes and publishers that are given the same one hear each other, by PostgreSQL's rules. For unit
/// tests, which can make it fail as PostgreSQL does, and for applications of a single process. Thread-safe.
/// </summary>
/// <remarks>
/// What is published is encoded and decoded as ever, and small and large alike arrive in one order. Attachments are never too old: one is kept until every node has read
/// it. While the receive queue of a node is full, emits wait, as they do for a PostgreSQL whose notification queue is full.
/// </remarks>
public sealed class InMemoryCluster
{
    internal InMemoryDatabase Database { get; } = new();

    /// <summary>Whether it is down. Nodes then are reconnecting and miss nothing; emits wait until it is up again, and fail after <see cref="EventBusOptions.PublishTimeout"/>.</summary>
    public bool IsDown
    {
        get => Database.IsDown;
        set => Database.SetDown(value);
    }

    /// <summary>Cuts a node's listening connection until <see cref="Reconnect"/>: it can publish, and misses what the others do.</summary>
    /// <param name="uid">The node's id, <see cref="IEventBus.Uid"/>.</param>
    /// <exception cref="ArgumentException">No such node runs here.</exception>
    public void Disconnect(string uid) => SetCutOff(uid, isCutOff: true);

    /// <summary>Restores a node's listening connection. What it has missed is told to it as a gap with the next message of each source, at the latest after a heartbeat interval.</summary>
    /// <param name="uid">The node's id, <see cref="IEventBus.Uid"/>.</param>
    /// <exception cref="ArgumentException">No such node runs here.</exception>
    public void Reconnect(string uid) => SetCutOff(uid, isCutOff: false);

    /// <summary>Has the next attachment gone before a node has read it: the event, one with binary or of 8000 bytes or more, is lost to all other nodes.</summary>
    public void LoseNextAttachment() => Database.LoseNextAttachment();

    /// <summary>Cuts the connection of the next publisher while it is publishing: its emits fail with <see cref="EventOutcomeUnknownException"/>.</summary>
    /// <param name="isCommitted">Whether the others receive the events all the same.</param>
    public void CutNextPublish(bool isCommitted) => Database.CutNextCommit(isCommitted);

    private void SetCutOff(string uid, bool isCutOff)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid);
        if (!Database.TrySetCutOff(uid, isCutOff))
            throw new ArgumentException($"No node '{uid}' runs in this cluster: pass the Uid of a bus that was started in it.", nameof(uid));
    }
}
