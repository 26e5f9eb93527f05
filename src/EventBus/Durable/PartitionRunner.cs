using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.Journal;

namespace EventBus.Durable;

/// <summary>Handles the events of one partition, in their order, as long as this node owns it.</summary>
internal sealed class PartitionRunner : IAsyncDisposable
{
    /// <summary>The time after which it looks for events without having been woken.</summary>
    public static readonly TimeSpan SlowLook = TimeSpan.FromSeconds(30);

    /// <summary>The time after an empty window in which no other is read: events of others wake it, too.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The time after which the position is stored although there was no event of this partition.</summary>
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMinutes(1);

    private readonly DurableWork _work;
    private readonly PartitionBatch _batch;
    private readonly LetterRun _letters;
    private readonly JournalReader _reader;
    private readonly CancellationTokenSource _release;
    private readonly Task _running;
    private string? _timeline;
    private (JournalCursor Next, long Inserted)? _pending; // behind an empty window whose transactions are not on the disk yet
    private long _storedHigh;
    private long _storedAt;

    /// <param name="work">The parts of the group.</param>
    /// <param name="partition">The number of the partition.</param>
    /// <param name="owned">The partition as this node has claimed it.</param>
    public PartitionRunner(DurableWork work, int partition, OwnedPartition owned)
    {
        _work = work;
        Partition = partition;
        _release = CancellationTokenSource.CreateLinkedTokenSource(work.Handler.Stop);
        _batch = new PartitionBatch(work, partition, owned, _release.Token);
        _letters = new LetterRun(work, partition);
        _reader = new JournalReader(work.Names);
        Stored();
        _running = BackgroundWork.Run(RunAsync);
    }

    public int Partition { get; }

    public long Epoch => _batch.Epoch;

    /// <summary>Whether this node does not own the partition any more.</summary>
    public bool HasEnded => _running.IsCompleted;

    /// <summary>Gives the partition back when the present events are handled.</summary>
    public void Release() => _release.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _release.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _release.Dispose();
    }

    private async Task RunAsync()
    {
        var backoff = new Backoff(Random.Shared, Backoff.First, TimeSpan.FromSeconds(10));
        var isReported = false;
        while (!_release.IsCancellationRequested)
        {
            try
            {
                if (isReported)
                    await _batch.ReclaimAsync().ConfigureAwait(false);
                (isReported, _pending) = (false, isReported ? null : _pending);
                await HandleNextAsync().ConfigureAwait(false);
                backoff.Reset();
            }
            catch (PartitionFencedException)
            {
                _work.Diagnostics.DurableFenced.Add();
                _work.Diagnostics.Logger.PartitionFenced(_work.Group, Partition);
                return;
            }
            catch (Exception) when (_release.IsCancellationRequested)
            {
                break; // The claim of the next owner reads the stored position.
            }
            catch (Exception exception) // of the database: a failure of the handler is no exception here
            {
                _work.Diagnostics.Logger.PartitionFailed(_work.Group, Partition, exception);
                isReported = true;
                await Task.Delay(backoff.Next(), _work.Time, _release.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await ReleaseAsync().ConfigureAwait(false);
    }

    private async Task HandleNextAsync()
    {
        if (_work.HasResumed && await _letters.HandleNextAsync(Epoch, _release.Token).ConfigureAwait(false))
            return;
        var signal = _work.Signal.Next();
        if (!await _batch.IsStoredAsync().ConfigureAwait(false))
            _pending = null;
        var page = await ReadPageAsync().ConfigureAwait(false);
        if (page.Wal.Timeline != (_timeline ??= page.Wal.Timeline))
        {
            // After a failover, only the stored position is that of this server.
            (_timeline, _pending) = (page.Wal.Timeline, null);
            await _batch.ReclaimAsync().ConfigureAwait(false);
            return;
        }

        List<JournalEvent> events =
            [.. page.Events.Where(item => DurableEvents.PartitionOf(item.Key, _work.Partitions) == Partition)];
        if (events.Count > 0)
        {
            _pending = null;
            await _batch.HandleAsync(page, events).ConfigureAwait(false);
            Stored();
            return;
        }

        if (!page.IsComplete)
        {
            // It is a sign of life, too.
            (_batch.Cursor, _pending) = (page.Next, null);
            await _batch.StoreAsync().ConfigureAwait(false);
            Stored();
            return;
        }

        Adopt(page);
        await StoreProgressAsync().ConfigureAwait(false);
        await Task.Delay(Pause, _work.Time, _release.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await signal.WaitAsync(SlowLook, _work.Time, _release.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Goes on behind an empty window, once its transactions are on the disk.</summary>
    /// <remarks>
    /// A crash may undo transactions that a snapshot has seen, and give their ids to others. A position that is stored is undone with them.
    /// </remarks>
    private void Adopt(JournalPage page)
    {
        if (page.Wal.Flushed >= page.Wal.Inserted)
            (_batch.Cursor, _pending) = (page.Next, null);
        else if (_pending is { } pending && page.Wal.Flushed >= pending.Inserted)
            (_batch.Cursor, _pending) = (pending.Next, (page.Next, page.Wal.Inserted));
        else
            _pending ??= (page.Next, page.Wal.Inserted);
    }

    private async Task<JournalPage> ReadPageAsync()
    {
        var connection = await _work.Connections.OpenConnectionAsync(_release.Token).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        return await _reader
            .ReadPageAsync(connection, _batch.Cursor, _work.Filter, JournalLimits.Default, _release.Token)
            .ConfigureAwait(false);
    }

    // A journal without new rows is not written to. With rows of others, retention must not wait for this partition.
    private async Task StoreProgressAsync()
    {
        if (_batch.Cursor.High <= _storedHigh || _work.Time.GetElapsedTime(_storedAt) < StoreInterval)
            return;
        await _batch.StoreAsync().ConfigureAwait(false);
        Stored();
    }

    private void Stored() => (_storedHigh, _storedAt) = (_batch.Cursor.High, _work.Time.GetTimestamp());

    private async Task ReleaseAsync()
    {
        using var limit = new CancellationTokenSource(_work.Options.Lease, _work.Time);
        try
        {
            await _work.Tables.ReleaseAsync(Partition, Epoch, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) // The next owner then waits for the lease.
        {
            _work.Diagnostics.Logger.PartitionFailed(_work.Group, Partition, exception);
        }
    }
}
