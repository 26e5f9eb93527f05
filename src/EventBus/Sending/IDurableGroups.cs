namespace EventBus;

/// <summary>The groups of durable handlers in the database of a bus, and their dead letters. Thread-safe.</summary>
/// <remarks>
/// Each call runs a statement on a connection of the data source, and needs the privileges of a node with durable handlers. It fails with
/// <see cref="JournalNotAvailableException"/> if the tables are missing, or the bus is in memory.
/// </remarks>
public interface IDurableGroups
{
    /// <summary>Returns all partitions of all groups, in the order of their names and numbers.</summary>
    Task<IReadOnlyList<DurablePartition>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns dead letters of a group, the oldest first, also parked and resumed ones.</summary>
    /// <param name="group">The group.</param>
    /// <param name="after">The <see cref="DeadLetter.Id"/> after which to begin; 0: all.</param>
    /// <param name="limit">The most letters, at least 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(
        string group, long after = 0, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets the group handle a dead letter again, or all dead ones, before its next events. Owners find it within 30 s.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="id">The letter; null: all whose state is <see cref="DeadLetterState.Dead"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number of letters.</returns>
    Task<int> ResumeAsync(string group, long? id = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a dead letter: its event is not handled any more. The events that are parked behind it are resumed, unless another dead
    /// letter of their key is left.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="id">The letter.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> DiscardAsync(string group, long id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a group with its position and its dead letters. First stop all nodes that have it: their handlers end with an error in the
    /// log, and begin the group anew at their next start.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was there.</returns>
    Task<bool> RemoveAsync(string group, CancellationToken cancellationToken = default);
}

/// <summary>A partition of a group of durable handlers.</summary>
/// <param name="Group">The name of the group.</param>
/// <param name="Partition">The number of the partition, from 0.</param>
/// <param name="Owner">The uid of the node that handles it; null: none.</param>
/// <param name="AliveAt">
/// When its owner has last shown that it works, by the clock of the database. The owner of a partition without events shows nothing.
/// </param>
/// <param name="Epoch">The number of its changes of owner.</param>
/// <param name="Attempts">The attempts at its next event that have failed.</param>
/// <param name="DeadLetters">The number of letters of the group, in any state.</param>
public sealed record DurablePartition(
    string Group, int Partition, string? Owner, DateTimeOffset AliveAt, long Epoch, int Attempts, long DeadLetters);

/// <summary>An event that a group could not handle.</summary>
/// <param name="Id">The id of the letter.</param>
/// <param name="State">Its state.</param>
/// <param name="Identity">The identity of the event.</param>
/// <param name="EventName">The event's name on the wire.</param>
/// <param name="At">When the event was written to the journal.</param>
/// <param name="FailedAt">When the last attempt failed.</param>
/// <param name="Attempts">The attempts that have failed; 0 if the event was parked, or could not be decoded.</param>
/// <param name="Error">The error as text.</param>
public sealed record DeadLetter(
    long Id,
    DeadLetterState State,
    EventIdentity Identity,
    string EventName,
    DateTimeOffset At,
    DateTimeOffset FailedAt,
    int Attempts,
    string Error);

/// <summary>The state of a dead letter.</summary>
public enum DeadLetterState
{
    /// <summary>It waits for somebody to resume or discard it.</summary>
    Dead,

    /// <summary>It waits behind a dead letter with the same key: <see cref="DurableOrder.Keep"/>.</summary>
    Parked,

    /// <summary>The group is about to handle it again.</summary>
    Resumed,
}
