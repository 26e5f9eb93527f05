using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Tells the other nodes, on every bus namespace, that this one is alive, and forgets those that were silent for too long. One timer for all.</summary>
internal sealed class Heartbeats(ClusterContext context) : IAsyncDisposable
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _interval = context.Settings.HeartbeatInterval;
    private readonly Lock _ticking = new();
    private ITimer? _timer;

    public void Start()
    {
        var tick = TimeSpan.FromTicks(Math.Min(LongestTick.Ticks, _interval.Ticks / 5));
        _timer = context.Time.CreateTimer(static heartbeats => ((Heartbeats)heartbeats!).Tick(), this, tick, tick);
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Announces this node anew, because it may have missed who came.</summary>
    public void Announce() => Post([.. context.Listening.Values.Where(static adapter => !adapter.Life.IsOver)], static life => life.Announce());

    // The reference sends a heartbeat per namespace when it was silent there for an interval. So does this, but those that were silent for half of it go along. Of two
    // groups a part of an interval apart one is always that far, so they merge, and an idle node writes one transaction per interval, however many its namespaces.
    private void Tick()
    {
        if (!_ticking.TryEnter())
            return;
        try
        {
            var adapters = context.Listening.Values.Where(static adapter => adapter.Life.IsKnown).ToArray();
            foreach (var adapter in adapters)
                adapter.Peers.Expire();
            if (adapters.Any(adapter => adapter.Life.Silence >= _interval))
                Post([.. adapters.Where(adapter => adapter.Life.Silence >= _interval / 2)], static life => life.Beat());
        }
        catch (Exception exception) // A timer's callback that throws would end the process.
        {
            context.Diagnostics.Report(exception);
        }
        finally
        {
            _ticking.Exit();
        }
    }

    private void Post(ClusterAdapter[] adapters, Func<SignsOfLife, OutgoingMessage> sign)
    {
        context.Transport.Publisher.TryPost([.. adapters.Select(adapter => sign(adapter.Life))]);
        foreach (var adapter in adapters)
            adapter.HasShownLife();
    }
}
