using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>One stay of this node in a bus namespace: its adapter, the way in and the way out. Whoever uses the namespace afterwards begins another.</summary>
internal sealed class Membership : IDisposable
{
    // Ready is: one's own announcement came back, and then for this long no further node was heard. There is no telling how many will answer.
    private static readonly TimeSpan QuietAfterAnnouncement = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestFirstRound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    private readonly ClusterContext _context;
    private readonly Task _previous;
    private readonly CancellationTokenSource _leaving;
    private readonly CancellationToken _isLeaving;
    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _unlistened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasListened;

    /// <param name="adapter">The namespace's adapter.</param>
    /// <param name="family">The dynamic namespaces that it is one of; null: it stands alone.</param>
    /// <param name="previous">Completes when an earlier membership no longer listens.</param>
    /// <param name="context">What all memberships share.</param>
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

    /// <summary>Completes when this node is a member.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or the namespace left, before it was.</exception>
    public Task Joined => _joined.Task;

    /// <summary>Completes when nothing of it comes in any more. It does not fail.</summary>
    public Task Unlistened => _unlistened.Task;

    /// <summary>Completes when it is over, and its sockets have handed over what was queued. It does not fail.</summary>
    public Task Left => _left.Task;

    /// <summary>Begins to join. Called once, by whoever has made it.</summary>
    /// <param name="failed">Called where it cannot be joined, for a reason that does not pass.</param>
    public void Join(Action<Membership> failed) => _ = JoinAsync(failed); // It observes every exception itself and signals its end through _joined.

    /// <summary>It cannot be joined.</summary>
    public void Reject(Exception reason) => _joined.TrySetException(reason);

    /// <summary>Begins to leave; the sockets are out when the call returns. Called once.</summary>
    /// <param name="saidTooLate">Called with the adapter when something may have been said behind the goodbye.</param>
    /// <param name="left">Called when it is over.</param>
    public void Leave(Action<ClusterAdapter> saidTooLate, Action<Membership> left)
    {
        // Where a handler leaves its own namespace, its answer, too, goes out before the goodbye.
        var handingOver = SocketQueue.OutsideHandlers(Adapter.Leave);
        _ = LeaveAsync(handingOver, saidTooLate, left); // It observes every exception itself and signals its end through _unlistened and _left.
    }

    /// <summary>Ends with the bus; completes when its sockets have handed over what was queued. Inside a handler it waits for all others.</summary>
    public Task EndAsync() => Adapter.HasLeft && !SocketQueue.IsInsideHandler ? Left : Adapter.DisconnectSocketsAsync();

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
            await PatientlyAsync(() => new ValueTask(_context.Transport.ListenAsync(Adapter.Channel, Adapter.Namespace, _isLeaving))).ConfigureAwait(false);
            while (!Adapter.Life.Announced.IsCompleted)
            {
                // The announcement itself may be lost with the listening connection: then say it again.
                await PatientlyAsync(() => _context.Transport.Publisher.PublishAsync(Adapter.Life.Announce(), _isLeaving)).ConfigureAwait(false);
                await Adapter.Life.Announced.WaitAsync(_context.Settings.HeartbeatInterval, _context.Time, _isLeaving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            // Whoever waits learns of it, but perhaps nobody does.
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

    // What keeps a node from joining now may pass: it goes on trying until it is stopped or leaves.
    private async Task PatientlyAsync(Func<ValueTask> attempt)
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
                await Task.Delay(Retry, _context.Time, _isLeaving).ConfigureAwait(false);
            }
        }
    }

    private async Task LeaveAsync(Task handingOver, Action<ClusterAdapter> saidTooLate, Action<Membership> left)
    {
        await TryAsync(() => new ValueTask(_leaving.CancelAsync())).ConfigureAwait(false);
        await _joined.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _previous.ConfigureAwait(false);
        if (_hasListened)
        {
            // Whoever asked the sockets may have its answers first, as long as it would wait for them.
            await handingOver.WaitAsync(_context.Settings.RequestsTimeout, _context.Time, _context.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TryAsync(() => Adapter.SayGoodbyeAsync(() => saidTooLate(Adapter), _context.Stop)).ConfigureAwait(false);
            await TryAsync(() => new ValueTask(_context.Transport.UnlistenAsync(Adapter.Channel, _context.Stop))).ConfigureAwait(false);
            _context.Listening.TryRemove(Adapter.Namespace, out _);
        }

        _unlistened.TrySetResult();
        await handingOver.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        left(this);
        _left.TrySetResult();
        Dispose();
    }

    // What cannot be said or done now need not be: the others notice the silence, and a connection that is lost listens to nothing. Whatever disturbs it, the leaving goes on to
    // its end, for which the next stay and the stop wait.
    private async Task TryAsync(Func<ValueTask> attempt)
    {
        try
        {
            await attempt().ConfigureAwait(false);
        }
        catch (Exception) when (_context.Stop.IsCancellationRequested)
        {
            // The stop does it for all namespaces at once.
        }
        catch (Exception exception)
        {
            _context.Diagnostics.Logger.LeaveDisturbed(exception, Adapter.Namespace);
        }
    }
}
