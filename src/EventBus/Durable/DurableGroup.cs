using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.Journal;

namespace EventBus.Durable;

/// <summary>
/// One node's part of a group: joins it, claims the partitions that belong to this node or whose owner is gone, and releases the partitions
/// of others. One loop; it only reads unless there is something to change.
/// </summary>
/// <remarks>
/// The rows of the members are the truth, and are shared: partition p belongs to the member p mod their number. A node that finds a member
/// gone removes its row. A member that was removed by mistake adds itself again.
/// </remarks>
internal sealed class DurableGroup : IAsyncDisposable
{
    private readonly DurableWork _work;
    private readonly NodeWatch _nodes;
    private readonly GroupWatch _watch;
    private readonly Dictionary<int, PartitionRunner> _runners = [];
    private readonly CancellationTokenSource _stopping;
    private readonly Task _running;
    private long? _nodesChangedAt;

    /// <param name="work">The parts of the group. This node joins it when the host has started: then it can handle events.</param>
    /// <param name="nodes">The nodes that the bus knows.</param>
    public DurableGroup(DurableWork work, NodeWatch nodes)
    {
        (_work, _nodes) = (work, nodes);
        _watch = new GroupWatch(work);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(work.Handler.Stop);
        _running = BackgroundWork.Run(RunAsync);
    }

    // A node joins the cluster before the group, and leaves the group before the cluster.
    private bool HaveNodesChanged => _nodesChangedAt is { } at && _work.Time.GetElapsedTime(at) < 2 * _work.Options.Lease;

    private TimeSpan QuickLook => _work.Options.Lease / 4;

    /// <summary>Stops: the present events are handled, their positions are stored, and the partitions are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        await _work.Handler.Opened.ConfigureAwait(false);
        var backoff = new Backoff(Random.Shared, Backoff.First, TimeSpan.FromSeconds(10));
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var (signal, change) = (_work.Signal.Next(), _nodes.Changed());
                var isSettled = await LookAsync().ConfigureAwait(false);
                backoff.Reset();
                await WaitAsync(signal, change, isSettled && !HaveNodesChanged).ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception) // The database may be gone for a while.
            {
                _work.Diagnostics.Logger.GroupFailed(_work.Group, exception);
                await Task.Delay(backoff.Next(), _work.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await EndAsync().ConfigureAwait(false);
    }

    // Events wake it, but it looks at most once in a quarter of the lease.
    private async Task WaitAsync(Task signal, Task change, bool isSettled)
    {
        await Task.Delay(QuickLook, _work.Time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isSettled)
        {
            Task woken = Task.WhenAny(signal, change);
            await woken
                .WaitAsync(PartitionRunner.SlowLook, _work.Time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (change.IsCompleted)
            _nodesChangedAt = _work.Time.GetTimestamp();
    }

    /// <returns>Whether nothing is to be done until something changes.</returns>
    private async Task<bool> LookAsync()
    {
        var buried = _work.Buried;
        var view = await _work.Tables.LookAsync(_stopping.Token).ConfigureAwait(false);
        if (view.Partitions.Count != _work.Partitions)
        {
            throw new InvalidOperationException(
                $"The group has {view.Partitions.Count} partitions now. This node has begun with {_work.Partitions}: restart it.");
        }

        // A letter that was buried meanwhile is not in the view yet.
        _work.HasLetters = view.HasLetters || _work.Buried != buried;
        (var hadResumed, _work.HasResumed) = (_work.HasResumed, view.HasResumed);
        if (view.HasResumed && !hadResumed)
            _work.Signal.Set();
        if (!view.IsMember(_nodes.Uid) || _nodes.FindGone(view.Members, _work.Options.Lease) is { Length: > 0 })
        {
            await CorrectMembersAsync(view).ConfigureAwait(false);
            view = await _work.Tables.LookAsync(_stopping.Token).ConfigureAwait(false);
        }

        var isSettled = true;
        foreach (var partition in view.Partitions)
            isSettled &= await SettleAsync(partition, view).ConfigureAwait(false);
        return isSettled;
    }

    private async Task CorrectMembersAsync(GroupView view)
    {
        if (_nodes.FindGone(view.Members, _work.Options.Lease) is { Length: > 0 } gone)
            await _work.Tables.LeaveAsync(gone, _stopping.Token).ConfigureAwait(false);
        if (!view.IsMember(_nodes.Uid))
            await _work.Tables.JoinAsync(_nodes.Uid, _stopping.Token).ConfigureAwait(false);
    }

    private async Task<bool> SettleAsync(GroupPartition partition, GroupView view)
    {
        var isMine = view.AssignedTo(partition.Number) == _nodes.Uid;
        if (_runners.TryGetValue(partition.Number, out var runner))
        {
            if (!runner.HasEnded && runner.Epoch == partition.Epoch)
            {
                if (isMine)
                    return true;
                runner.Release();
                return false;
            }

            if (!runner.HasEnded)
                return false; // It learns that it was fenced with its next statement.
            _runners.Remove(partition.Number);
            await runner.DisposeAsync().ConfigureAwait(false);
        }

        if (partition.Owner is { } owner && owner != _nodes.Uid && view.IsMember(owner))
            return await WatchAsync(partition, owner, isMine).ConfigureAwait(false);
        if (!isMine)
            return true;
        await ClaimAsync(partition).ConfigureAwait(false);
        return false;
    }

    private async Task<bool> WatchAsync(GroupPartition partition, string owner, bool isMine)
    {
        switch (await _watch.JudgeAsync(partition, _stopping.Token).ConfigureAwait(false))
        {
            case OwnerState.Silent:
                _work.Diagnostics.Logger.PartitionTakenOver(_work.Group, partition.Number, owner, partition.Silence);
                _work.Diagnostics.DurableTakeovers.Add();
                await _work.Tables.LeaveAsync([owner], _stopping.Token).ConfigureAwait(false);
                await ClaimAsync(partition).ConfigureAwait(false);
                return false;
            case OwnerState.Unclear:
                return false;
            default:
                return !isMine; // else its owner releases it soon
        }
    }

    private async Task ClaimAsync(GroupPartition partition)
    {
        if (await _work.Tables.ClaimAsync(partition, _nodes.Uid, _stopping.Token).ConfigureAwait(false) is not { } owned)
            return;
        _work.Diagnostics.Logger.PartitionTaken(_work.Group, partition.Number, owned.Epoch);
        _runners[partition.Number] = new PartitionRunner(_work, partition.Number, owned);
    }

    private async Task EndAsync()
    {
        await Task.WhenAll(_runners.Values.Select(static runner => runner.DisposeAsync().AsTask())).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(_work.Options.Lease, _work.Time);
        try
        {
            await _work.Tables.LeaveAsync([_nodes.Uid], limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) // The others find out that this node has left the cluster.
        {
            _work.Diagnostics.Logger.GroupFailed(_work.Group, exception);
        }
    }
}
