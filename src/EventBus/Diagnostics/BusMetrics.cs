using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventBus.Diagnostics;

/// <summary>The histograms and gauges of one bus or publisher. Thread-safe.</summary>
internal sealed class BusMetrics
{
    private const string QueueTag = "eventbus.queue";
    private const string ErrorTag = "error.type";

    // The boundaries of OpenTelemetry's conventions for messaging, which begin at 5 ms, and shorter ones.
    private static readonly double[] Seconds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly Distribution<double> _publishDuration;
    private readonly Distribution<double> _deliveryLatency;
    private readonly Distribution<double> _handlerDuration;
    private readonly Distribution<double> _queueWait;
    private readonly Distribution<long> _batchSize;
    private readonly TimeProvider _time;
    private ImmutableArray<(string Name, Func<long> Length)> _queues = [];

    public BusMetrics(Meter? meter, GuardedLogger logger, TimeProvider time)
    {
        _time = time;
        _publishDuration = new(
            meter, logger, "eventbus.publish.duration", "s", "Time from the call that sends an event to its commit or failure.", Seconds);
        _deliveryLatency = new(
            meter,
            logger,
            "eventbus.delivery.latency",
            "s",
            "Time from the arrival of an event, which PostgreSQL sends at the commit, to the call of its handler.",
            Seconds);
        _handlerDuration = new(meter, logger, "eventbus.handler.duration", "s", "Time from the call of a handler to its end.", Seconds);
        _queueWait = new(meter, logger, "eventbus.queue.wait", "s", "Time for which an event waited in a queue.", Seconds);
        _batchSize = new(
            meter, logger, "eventbus.batch.size", "{message}", "Messages of a committed statement.", 1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
        meter?.CreateObservableGauge<long>("eventbus.queue.length", ReadQueues, "{message}", "Messages that wait in a queue.");
        NotificationQueue = new NotificationQueueUsage(meter, time);
    }

    /// <summary>The part of PostgreSQL's notification queue that is used.</summary>
    public NotificationQueueUsage NotificationQueue { get; }

    /// <summary>Whether the labels of sent events are needed.</summary>
    public bool MeasuresSending => _publishDuration.IsEnabled || _queueWait.IsEnabled;

    /// <summary>Whether the arrival of notifications is needed.</summary>
    public bool MeasuresArrival => _deliveryLatency.IsEnabled || _queueWait.IsEnabled;

    /// <summary>Whether the way of events to their handlers is measured.</summary>
    public bool MeasuresHandling => _handlerDuration.IsEnabled || MeasuresArrival;

    /// <summary>Whether waits in queues are measured.</summary>
    public bool MeasuresWaits => _queueWait.IsEnabled;

    /// <summary>Whether the time of publishing is measured.</summary>
    public bool MeasuresPublishing => _publishDuration.IsEnabled;

    /// <summary>Adds a queue to the gauge. Queues of one name are added up.</summary>
    /// <param name="name">The name, as a tag.</param>
    /// <param name="length">Reads the length. Called on the thread that collects metrics.</param>
    public void Observe(string name, Func<long> length) => ImmutableInterlocked.Update(ref _queues, queues => queues.Add((name, length)));

    public void Published(long since, EventLabels labels, Exception? failure = null) =>
        _publishDuration.Record(SecondsSince(since), TagsOf(labels, failure));

    public void Delivered(long arrived, EventLabels labels) => _deliveryLatency.Record(SecondsSince(arrived), new TagList(labels.Tags));

    public void Handled(long since, EventLabels labels, Exception? failure) =>
        _handlerDuration.Record(SecondsSince(since), TagsOf(labels, failure));

    /// <summary>Records the end of a wait.</summary>
    /// <param name="queue">The name of the queue.</param>
    /// <param name="since">When it began.</param>
    /// <param name="labels">The event; null if it is not known yet.</param>
    public void Waited(string queue, long since, EventLabels? labels = null)
    {
        var tags = new TagList(labels is null ? [] : labels.Tags) { { QueueTag, queue } };
        _queueWait.Record(SecondsSince(since), in tags);
    }

    public void Committed(int messages)
    {
        if (_batchSize.IsEnabled)
            _batchSize.Record(messages, default);
    }

    private static TagList TagsOf(EventLabels labels, Exception? failure)
    {
        var tags = new TagList(labels.Tags);
        if (failure is not null)
            tags.Add(ErrorTag, failure.GetType().FullName);
        return tags;
    }

    private double SecondsSince(long timestamp) => _time.GetElapsedTime(timestamp).TotalSeconds;

    private IEnumerable<Measurement<long>> ReadQueues() => _queues
        .GroupBy(static queue => queue.Name)
        .Select(static queues => new Measurement<long>(
            queues.Sum(static queue => queue.Length()), new KeyValuePair<string, object?>(QueueTag, queues.Key)));
}

/// <summary>
/// The gauge of PostgreSQL's notification queue, which all databases of the server share: 1 is full. Statements that the bus runs in any
/// case read it. Thread-safe.
/// </summary>
internal sealed class NotificationQueueUsage
{
    /// <summary>The age from which a value is read again, if somebody collects metrics.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(15);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private double _usage = double.NaN;
    private long _readAt;
    private long? _requestedAt; // Since then nobody has read it.

    public NotificationQueueUsage(Meter? meter, TimeProvider time)
    {
        _time = time;
        _readAt = time.GetTimestamp();
        meter?.CreateObservableGauge<double>(
            "eventbus.notification_queue.usage", Read, "1", "Part of PostgreSQL's notification queue that is used, from 0 to 1.");
    }

    /// <summary>Begins to read the value soon. A busy publisher and an idle one need it.</summary>
    public Action? Refresh { private get; set; }

    /// <summary>Sets the value that was read.</summary>
    public void Set(double usage)
    {
        lock (_lock)
            (_usage, _readAt, _requestedAt) = (usage, _time.GetTimestamp(), null);
    }

    // Without a connection a request has no effect, and the last value would stay for ever.
    private IEnumerable<Measurement<double>> Read()
    {
        double usage;
        bool isOld;
        lock (_lock)
        {
            isOld = _time.GetElapsedTime(_readAt) > Old;
            if (_requestedAt is { } requestedAt && _time.GetElapsedTime(requestedAt) > Old)
                _usage = double.NaN;
            if (isOld)
                _requestedAt ??= _time.GetTimestamp();
            usage = _usage;
        }

        if (isOld)
            Refresh?.Invoke();
        return double.IsNaN(usage) ? [] : [new Measurement<double>(usage)];
    }
}
