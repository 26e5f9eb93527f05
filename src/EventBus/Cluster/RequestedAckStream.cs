using System.Text;
using System.Threading.Channels;
using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>Sends the event when the acks are enumerated, and keeps acks until they are read.</summary>
/// <param name="requestAsync">Sends the event and passes on the acks, one at a time; completes when no more will arrive.</param>
/// <param name="eventName">The event's name.</param>
/// <param name="capacity">How many acks may wait to be read.</param>
/// <param name="diagnostics">Counts dropped acks.</param>
internal sealed class RequestedAckStream<T>(
    Func<Action<T>, CancellationToken, ValueTask<AckRequest>> requestAsync, byte[] eventName, int capacity, BusDiagnostics diagnostics)
    : AckStream<T>
{
    // With FullMode Wait, TryWrite returns false if the channel is full.
    private readonly Channel<T> _acks = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private bool _isEnumerated;
    private AckRequest? _ended;
    private int _kept;
    private bool _isFull;

    public override int Expected => _ended?.Expected ?? 0;

    public override IReadOnlyList<string> Missing => _ended?.Missing ?? [];

    public override bool IsTimedOut => _ended?.IsTimedOut ?? false;

    public override bool IsComplete => _ended is { Missing: [], IsUncertain: false } ended && _kept == ended.Expected;

    public override IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isEnumerated, true))
            throw new InvalidOperationException("A stream of acks is enumerated once. Send the event again for new acks.");
        return EnumerateAsync(cancellationToken);
    }

    private async IAsyncEnumerator<T> EnumerateAsync(CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requesting = RequestAsync(leaving.Token);
        try
        {
            await foreach (var ack in _acks.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return ack;
            _ended = await requesting.ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)requesting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AckRequest> RequestAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await requestAsync(Keep, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _acks.Writer.Complete();
        }
    }

    private void Keep(T ack)
    {
        if (_acks.Writer.TryWrite(ack))
        {
            _kept++;
            return;
        }

        diagnostics.Dropped.Add();
        if (!_isFull)
            diagnostics.Logger.AckStreamFull(Encoding.UTF8.GetString(eventName));
        _isFull = true;
    }
}
