using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// Sends the heartbeats of all bus namespaces, expires silent peers, and checks the thread pool, with one timer.
/// </summary>
internal sealed class Heartbeats(ClusterContext context) : IAsyncDisposable
{
    private readonly TimeSpan _interval = context.Options.HeartbeatInterval;
    private readonly Lock _ticking = new();
    private readonly ThreadPoolWatch _pool = new(
        context.Reception.TickInterval,
        holdingThread => context.Listening.Values.SelectMany(adapter => adapter.FindHandlers(holdingThread)),
        static item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false),
        context.Time,
        context.Diagnostics);

    private ITimer? _timer;

    public void Start()
    {
        context.Reception.Start();
        var tick = context.Reception.TickInterval;
        _timer = context.Time.CreateBackgroundTimer(static heartbeats => ((Heartbeats)heartbeats!).Tick(), this, tick, tick);
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Announces this node again, because it may have missed nodes that joined.</summary>
    public void Announce() =>
        Post([.. context.Listening.Values.Where(static adapter => !adapter.Outbox.IsClosed)], static outbox => outbox.Announce());

    // Like Socket.IO's adapter, it sends a heartbeat in a namespace after an interval without messages. It then includes the namespaces
    // that had no message for half an interval. So heartbeats that were due at different moments merge, and an idle node writes one
    // transaction per interval, regardless of the number of its namespaces.
    private void Tick()
    {
        if (!_ticking.TryEnter())
            return;
        try
        {
            _pool.Check();
            var adapters = context.Listening.Values.Where(static adapter => adapter.Outbox.IsAnnounced).ToArray();
            if (context.Reception.Check() is { } now)
            {
                foreach (var adapter in adapters)
                    adapter.Peers.Expire(now);
            }

            context.Diagnostics.Rejections.Losses.EndIfQuiet();
            if (adapters.Any(adapter => adapter.Outbox.Silence >= _interval))
                Post([.. adapters.Where(adapter => adapter.Outbox.Silence >= _interval / 2)], static outbox => outbox.Beat());
        }
        catch (Exception exception) // An exception in a timer's callback would end the process.
        {
            context.Diagnostics.Report(exception);
        }
        finally
        {
            _ticking.Exit();
        }
    }

    private void Post(ClusterAdapter[] adapters, Func<ClusterOutbox, OutgoingMessage> create)
    {
        context.Transport.Publisher.TryPost([.. adapters.Select(adapter => create(adapter.Outbox))]);
        foreach (var adapter in adapters)
            adapter.Outbox.ReportIfLate();
    }
}
