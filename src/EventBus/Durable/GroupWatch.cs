using EventBus.Transport.Journal;

namespace EventBus.Durable;

/// <summary>The state of the owner of a partition, as another node sees it.</summary>
internal enum OwnerState
{
    /// <summary>There is nothing to do.</summary>
    Well,

    /// <summary>There are events, and it may be handling them.</summary>
    Unclear,

    /// <summary>There are events, and it has shown no sign of life for the lease.</summary>
    Silent,
}

/// <summary>
/// Finds owners that are silent although there are events: a process that is frozen or cut off is still a member. Not thread-safe.
/// </summary>
/// <remarks>
/// An idle owner shows no sign of life, so a node must see the same row for the whole lease while an event waits. An owner that has marked
/// the row as being worked on has one; otherwise this node looks into the journal.
/// </remarks>
internal sealed class GroupWatch(DurableWork work)
{
    private readonly Dictionary<int, Observation> _observed = [];
    private readonly JournalReader _reader = new(work.Names);

    public async Task<OwnerState> JudgeAsync(GroupPartition partition, CancellationToken cancellationToken)
    {
        if (!_observed.TryGetValue(partition.Number, out var seen) || seen.Epoch != partition.Epoch || seen.AliveAt != partition.AliveAt)
            seen = new Observation(partition.Epoch, partition.AliveAt, WaitingSince: null);
        var isWaiting = partition.IsWorking || await HasEventsAsync(partition, cancellationToken).ConfigureAwait(false);
        seen = seen with { WaitingSince = isWaiting ? seen.WaitingSince ?? work.Time.GetTimestamp() : null };
        _observed[partition.Number] = seen;
        if (seen.WaitingSince is not { } since)
            return OwnerState.Well;
        var lease = work.Options.Lease;
        return partition.Silence < lease || work.Time.GetElapsedTime(since) < lease ? OwnerState.Unclear : OwnerState.Silent;
    }

    private async Task<bool> HasEventsAsync(GroupPartition partition, CancellationToken cancellationToken)
    {
        var stored = await work.Tables.ReadAsync(partition.Number, partition.Epoch, cancellationToken).ConfigureAwait(false);
        if (stored is null)
            return false;
        var connection = await work.Connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        for (var cursor = stored.Cursor; ;)
        {
            var page = await _reader
                .ReadPageAsync(connection, cursor, work.Filter, JournalLimits.Default, cancellationToken)
                .ConfigureAwait(false);
            if (page.Events.Any(item => DurableEvents.PartitionOf(item.Key, work.Partitions) == partition.Number))
                return true;
            if (page.IsComplete)
                return false;
            cursor = page.Next;
        }
    }

    private readonly record struct Observation(long Epoch, DateTime AliveAt, long? WaitingSince);
}
