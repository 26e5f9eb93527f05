using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>
/// One membership of this node in a bus namespace, from joining to leaving, with its adapter. A later use of the namespace begins another.
/// </summary>
internal sealed class Membership : IDisposable
{
    // The node is ready when its own announcement came back, and no further node has responded for this time. The number of responses
    // cannot be known.
    private static readonly TimeSpan QuietAfterAnnouncement = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestFirstRound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private readonly ClusterContext _context;
    private readonly Task _previous;
    private readonly CancellationTokenSource _leaving;
    private readonly CancellationToken _isLeaving;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _unlistened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasListened;

    /// <param name="adapter">The adapter of the namespace.</param>
    /// <param name="family">The family of the namespace; null if it has none.</param>
    /// <param name="previous">Completes when the earlier memberships no longer listen.</param>
    /// <param name="context">The shared parts of the node.</param>
    public Membership(ClusterAdapter adapter, NamespaceFamily? family, Task previous, ClusterContext context)
    {
        Adapter = adapter;
        Family = family;
        _previous = previous;
        _context = context;
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        _isLeaving = _leaving.Token;
    }

    public ClusterAdapter Adapter { get; }

    public NamespaceFamily? Family { get; }

    /// <summary>Completes when this node has joined.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace, before.</exception>
    public Task Joined => _joined.Task;

    /// <summary>Completes when no message of the namespace is received any more. It does not fail.</summary>
    public Task Unlistened => _unlistened.Task;

    /// <summary>
    /// Completes when it has ended and its sockets have drained; if handlers do not return, after a limited time. It does not fail.
    /// </summary>
    public Task Left => _left.Task;

    /// <summary>Begins to join. Call it once.</summary>
    /// <param name="failed">Called if joining fails permanently.</param>
    public void Join(Action<Membership> failed) =>
        _ = BackgroundWork.Run(() => JoinAsync(failed)); // It catches every exception, and ends with _joined.

    /// <summary>Fails to join.</summary>
    public void Fail(Exception reason) => _joined.TrySetException(reason);

    /// <summary>Begins to leave. The sockets are out when the call returns. Call it once.</summary>
    /// <param name="publishedLate">Called with the adapter when a message was published that may be later than AdapterClose.</param>
    /// <param name="left">Called when it has ended.</param>
    public void Leave(Action<ClusterAdapter> publishedLate, Action<Membership> left)
    {
        // If a handler leaves its own namespace, its ack, too, is published before AdapterClose.
        var draining = HandlerRun.CallOutside(Adapter.Leave);

        // When the call returns, a join under way announces nothing any more. Only the callbacks run in the background.
        var cancelling = _leaving.CancelAsync();

        // It catches every exception, and ends with _unlistened and _left.
        _ = BackgroundWork.Run(() => LeaveAsync(draining, cancelling, publishedLate, left));
    }

    /// <summary>Ends it with the bus, and completes when its sockets have drained, which may be never.</summary>
    public async Task EndAsync()
    {
        await _joined.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Adapter.DisconnectSocketsAsync().ConfigureAwait(false);
        if (Adapter.HasLeft)
            await Left.ConfigureAwait(false);
    }

    public void Dispose() => _leaving.Dispose();

    private async Task JoinAsync(Action<Membership> failed)
    {
        try
        {
            await _context.Started.WaitAsync(_isLeaving).ConfigureAwait(false);
            await _previous.WaitAsync(_isLeaving).ConfigureAwait(false);
            _isLeaving.ThrowIfCancellationRequested();
            _hasListened = true;
            _context.Listening[Adapter.Namespace] = Adapter;
            await RetryAsync(() => new ValueTask(_context.Transport.ListenAsync(Adapter.Channel, Adapter.Namespace, _isLeaving)))
                .ConfigureAwait(false);
            while (!Adapter.Outbox.Announced.IsCompleted)
            {
                // The announcement itself may be lost with the listening connection: then repeat it.
                await RetryAsync(() => _context.Transport.Publisher.PublishAsync(Adapter.Outbox.Announce(), _isLeaving))
                    .ConfigureAwait(false);
                await Adapter.Outbox.Announced.WaitAsync(_context.Options.HeartbeatInterval, _context.Time, _isLeaving)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _isLeaving.ThrowIfCancellationRequested();
            }

            await FirstRoundAsync().ConfigureAwait(false);
            _joined.TrySetResult();
        }
        catch (Exception) when (_isLeaving.IsCancellationRequested)
        {
            var reason = _context.Stop.IsCancellationRequested ? "The bus was stopped" : "The namespace was left";
            _joined.TrySetException(new EventBusClosedException($"{reason} before the node had joined '{Adapter.Namespace}'."));
        }
        catch (Exception exception)
        {
            // A caller that waits gets the exception, but there may be none.
            _context.Diagnostics.Logger.JoinFailed(exception, Adapter.Namespace);
            _context.Diagnostics.Report(exception);
            failed(this);
            _joined.TrySetException(exception);
        }
    }

    private async Task FirstRoundAsync()
    {
        var announced = _context.Time.GetTimestamp();
        int version;
        do
        {
            version = Adapter.Peers.Version;
            await Task.Delay(QuietAfterAnnouncement, _context.Time, _isLeaving).ConfigureAwait(false);
        }
        while (Adapter.Peers.Version != version && _context.Time.GetElapsedTime(announced) < LongestFirstRound);
    }

    // Transient failures may pass: it goes on trying until the node stops or leaves.
    private async Task RetryAsync(Func<ValueTask> attempt)
    {
        while (true)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (EventBusException exception) when (exception.IsTransient || exception is EventOutcomeUnknownException)
            {
                _context.Diagnostics.Logger.JoinDelayed(exception, Adapter.Namespace);
                await Task.Delay(RetryDelay, _context.Time, _isLeaving).ConfigureAwait(false);
            }
        }
    }

    private async Task LeaveAsync(Task draining, Task cancelling, Action<ClusterAdapter> publishedLate, Action<Membership> left)
    {
        await TryAsync(() => new ValueTask(cancelling)).ConfigureAwait(false);
        await _joined.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _previous.ConfigureAwait(false);
        if (_hasListened)
        {
            // Requests of other nodes get their acks first, for as long as these nodes would wait.
            await draining.WaitAsync(_context.Options.RequestsTimeout, _context.Time, _context.Stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryAsync(() => Adapter.PublishCloseAsync(() => publishedLate(Adapter), _context.Stop)).ConfigureAwait(false);
            await TryAsync(() => new ValueTask(_context.Transport.UnlistenAsync(Adapter.Channel, _context.Stop))).ConfigureAwait(false);
            _context.Listening.TryRemove(Adapter.Namespace, out _);
        }

        _unlistened.TrySetResult();
        await _context.HandlerWait.ForAsync(draining, Adapter.FindRunning).ConfigureAwait(false);
        left(this);
        _left.TrySetResult();
        Dispose();
    }

    // A failed step can be skipped: peers notice the silence, and a lost connection does not listen. Leaving always completes, because the
    // next membership and the stop wait for it.
    private async Task TryAsync(Func<ValueTask> attempt)
    {
        try
        {
            await attempt().ConfigureAwait(false);
        }
        catch (Exception) when (_context.Stop.IsCancellationRequested)
        {
            // The stop does this for all namespaces at once.
        }
        catch (Exception exception)
        {
            _context.Diagnostics.Logger.LeaveDisturbed(exception, Adapter.Namespace);
        }
    }
}
