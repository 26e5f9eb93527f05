using EventBus.Transport.InMemory;

namespace EventBus.Hosting;

/// <summary>
/// The database of a cluster in one process: nodes and publishers that share it exchange events by PostgreSQL's rules. For applications of
/// a single process, and for unit tests, which can make it fail as PostgreSQL does. Thread-safe.
/// </summary>
/// <remarks>
/// Events are encoded and decoded as over PostgreSQL, and small and large ones arrive in one order. An attachment is kept until every node
/// has read it. While the receive queue of a node is full, emits wait, as they do while PostgreSQL's notification queue is full.
/// </remarks>
public sealed class InMemoryCluster
{
    internal InMemoryDatabase Database { get; } = new();

    /// <summary>
    /// Whether the database is down. Nodes are then reconnecting, and miss nothing. Emits wait until it is up again, and fail after
    /// <see cref="EventBusOptions.PublishTimeout"/>.
    /// </summary>
    public bool IsDown
    {
        get => Database.IsDown;
        set => Database.SetDown(value);
    }

    /// <summary>
    /// Cuts the listening connection of a node until <see cref="Reconnect"/>. The node can publish, and misses the events of the others.
    /// </summary>
    /// <param name="uid">The node's id, <see cref="IEventBus.Uid"/>.</param>
    /// <exception cref="ArgumentException">No such node runs in this cluster.</exception>
    public void Disconnect(string uid) => SetCutOff(uid, isCutOff: true);

    /// <summary>
    /// Restores the listening connection of a node. The events that it missed are reported as gaps with the next message of each source, at
    /// the latest after a heartbeat interval.
    /// </summary>
    /// <param name="uid">The node's id, <see cref="IEventBus.Uid"/>.</param>
    /// <exception cref="ArgumentException">No such node runs in this cluster.</exception>
    public void Reconnect(string uid) => SetCutOff(uid, isCutOff: false);

    /// <summary>
    /// Removes the next attachment before a node reads it: that event (with binary, or of 8000 bytes or more) is lost for all other nodes.
    /// </summary>
    public void LoseNextAttachment() => Database.LoseNextAttachment();

    /// <summary>
    /// Cuts the connection of the next publisher during its statement: its emits fail with <see cref="EventOutcomeUnknownException"/>.
    /// </summary>
    /// <param name="isCommitted">Whether the other nodes receive the events.</param>
    public void CutNextPublish(bool isCommitted) => Database.CutNextCommit(isCommitted);

    private void SetCutOff(string uid, bool isCutOff)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid);
        if (!Database.TrySetCutOff(uid, isCutOff))
            throw new ArgumentException(
                $"No node '{uid}' runs in this cluster. Pass the Uid of a bus that was started in it.", nameof(uid));
    }
}
