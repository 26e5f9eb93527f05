namespace EventBus.Transport.Journal;

/// <summary>A group as one look at its tables shows it.</summary>
/// <param name="Members">The nodes with a handler of the group, sorted by uid, and the time since each has joined.</param>
/// <param name="Partitions">The partitions in their order.</param>
/// <param name="HasLetters">Whether there are dead letters, in any state.</param>
/// <param name="HasResumed">Whether some of them are to be handled again.</param>
internal sealed record GroupView(
    IReadOnlyList<GroupMember> Members, IReadOnlyList<GroupPartition> Partitions, bool HasLetters, bool HasResumed)
{
    public bool IsMember(string uid) => Members.Any(member => member.Uid == uid);

    /// <summary>Returns the member that a partition belongs to; null if there is no member.</summary>
    public string? AssignedTo(int partition) => Members.Count == 0 ? null : Members[partition % Members.Count].Uid;
}

/// <summary>A node with a handler of the group.</summary>
internal readonly record struct GroupMember(string Uid, TimeSpan Age);

/// <summary>A partition of a group.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Epoch">The number of its changes of owner.</param>
/// <param name="Owner">The uid of its owner; null if it has none.</param>
/// <param name="AliveAt">The last sign of life of an owner while it worked, by the clock of the database.</param>
/// <param name="Silence">The time since then.</param>
/// <param name="IsWorking">Whether its owner has events in hand.</param>
internal sealed record GroupPartition(int Number, long Epoch, string? Owner, DateTime AliveAt, TimeSpan Silence, bool IsWorking);

/// <summary>A partition that this node owns.</summary>
/// <param name="Epoch">The epoch that every statement of this owner names.</param>
/// <param name="Attempts">The attempts at its next event that have failed.</param>
/// <param name="Cursor">How far it has come.</param>
internal sealed record OwnedPartition(long Epoch, int Attempts, JournalCursor Cursor);
