using EventBus.Diagnostics;

namespace EventBus.Durable;

/// <summary>Shows signs of life of a partition's owner while its handlers run, from its creation until it is disposed.</summary>
internal sealed class PartitionLease : IAsyncDisposable
{
    private readonly DurableWork _work;
    private readonly int _partition;
    private readonly long _epoch;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewing;

    private PartitionLease(DurableWork work, int partition, long epoch)
    {
        (_work, _partition, _epoch) = (work, partition, epoch);
        _renewing = RenewAsync();
    }

    /// <summary>Marks the partition as being worked on.</summary>
    /// <exception cref="PartitionFencedException">It has another owner.</exception>
    public static async Task<PartitionLease> BeginAsync(
        DurableWork work, int partition, long epoch, CancellationToken cancellationToken) =>
        await work.Tables.BeginAsync(partition, epoch, cancellationToken).ConfigureAwait(false)
            ? new PartitionLease(work, partition, epoch)
            : throw new PartitionFencedException();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(_work.Options.Lease / 3, _work.Time, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_ending.IsCancellationRequested)
                return;
            try
            {
                if (!await _work.Tables.RenewAsync(_partition, _epoch, _ending.Token).ConfigureAwait(false))
                    return; // The advance will find it out, too, and rolls back.
            }
            catch (Exception exception) when (!_ending.IsCancellationRequested)
            {
                _work.Diagnostics.Logger.LeaseNotRenewed(_work.Group, _partition, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
