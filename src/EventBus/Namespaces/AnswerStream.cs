using System.Text;
using System.Threading.Channels;
using EventBus.Cluster;
using EventBus.Diagnostics;

namespace EventBus.Namespaces;

/// <summary>Asks when its answers are enumerated, and keeps what comes until it is taken.</summary>
/// <param name="askAsync">Sends the event and hands over what is answered, one answer at a time; completes when no more comes.</param>
/// <param name="eventName">The event's name.</param>
/// <param name="capacity">How many answers may wait to be taken.</param>
/// <param name="diagnostics">Where those are counted that found no place.</param>
internal sealed class AnswerStream<T>(Func<Action<T>, CancellationToken, ValueTask<AckRequest>> askAsync, byte[] eventName, int capacity, BusDiagnostics diagnostics)
    : AckStream<T>
{
    // FullMode stays Wait: it is what has TryWrite answer that there is no place.
    private readonly Channel<T> _answers = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private bool _isEnumerated;
    private AckRequest? _ended;
    private int _kept;
    private bool _isFull;

    public override int Expected => _ended?.Expected ?? 0;

    public override IReadOnlyList<string> Missing => _ended?.Missing ?? [];

    public override bool IsTimedOut => _ended?.IsTimedOut ?? false;

    public override bool IsComplete => _ended is { Missing: [] } ended && _kept == ended.Expected;

    public override IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _isEnumerated, true))
            throw new InvalidOperationException("A stream of answers is enumerated once; send the event again to ask again.");
        return EnumerateAsync(cancellationToken);
    }

    private async IAsyncEnumerator<T> EnumerateAsync(CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = AskAsync(leaving.Token);
        try
        {
            await foreach (var answer in _answers.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return answer;
            _ended = await asking.ConfigureAwait(false);
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<AckRequest> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await askAsync(Keep, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _answers.Writer.Complete();
        }
    }

    private void Keep(T answer)
    {
        if (_answers.Writer.TryWrite(answer))
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
