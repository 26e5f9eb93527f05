using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace EventBus.Diagnostics;

/// <summary>
/// The activities of one bus or publisher, by OpenTelemetry's conventions for messaging: publish, receive and process. Thread-safe.
/// </summary>
/// <param name="logger">Reports a listener that throws.</param>
/// <param name="settings">The relation of activities, and the name of the bus.</param>
internal sealed class BusTraces(GuardedLogger logger, TraceSettings settings)
{
    public const string SourceName = "EventBus";

    /// <summary>The version of the library, without the commit.</summary>
    public static string Version { get; } = typeof(BusTraces).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static readonly ActivitySource Source = new(SourceName, Version); // after the version that it needs

    /// <summary>Whether somebody listens. If not, no activity is created and no context is sent.</summary>
    public static bool HasListeners => Source.HasListeners();

    /// <summary>Publishes an event in an activity, a child of the caller's.</summary>
    public async ValueTask PublishAsync(string channel, EventLabels labels, Func<ValueTask> publish)
    {
        using var activity = StartPublish(channel, labels);
        try
        {
            await publish().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
    }

    /// <summary>
    /// Publishes an event and gathers its acks in an activity, a child of the caller's. A caller that waits for no more acks cancels, which
    /// is no failure: a stream of acks that is not read to its end does.
    /// </summary>
    public async ValueTask<T> PublishAsync<T>(string channel, EventLabels labels, Func<ValueTask<T>> publish)
    {
        using var activity = StartPublish(channel, labels);
        try
        {
            return await publish().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            activity?.Fail(exception);
            throw;
        }
    }

    /// <summary>Posts an event in an activity, which ends when the event is queued.</summary>
    public bool Post(string channel, EventLabels labels, Func<bool> post)
    {
        using var activity = StartPublish(channel, labels);
        try
        {
            var isQueued = post();
            if (!isQueued)
                activity?.Fail("queue_full", "The publish queue is full or closed.");
            return isQueued;
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            throw;
        }
    }

    /// <summary>Starts the activity in which a message is passed to the queues of sockets; null if nobody listens.</summary>
    public BusActivity? StartReceive(ReceivedTrace? trace, ReadOnlySpan<byte> eventName)
    {
        if (trace is null || !HasListeners)
            return null;
        var labels = new EventLabels(contract: null, Encoding.UTF8.GetString(eventName));
        var activity = StartConsumer("receive", trace, labels);
        trace.Receive = activity?.Context ?? default;
        return activity;
    }

    /// <summary>Starts the activity of a handler; null if nobody listens.</summary>
    public BusActivity? StartProcess(ReceivedTrace trace, EventLabels labels) =>
        HasListeners ? StartConsumer("process", trace, labels) : null;

    private BusActivity? StartPublish(string channel, EventLabels labels) =>
        Start(ActivityKind.Producer, "publish", "send", channel, labels, default, links: null);

    private BusActivity? StartConsumer(string operation, ReceivedTrace trace, EventLabels labels)
    {
        var isKnown = trace.Emit != default;
        var isLinked = isKnown && settings.Relation == TraceRelation.Link;
        var parent = isLinked ? default : isKnown ? trace.Emit : trace.Receive;
        var activity = Start(
            ActivityKind.Consumer, operation, operation, trace.Channel, labels, parent, isLinked ? [new ActivityLink(trace.Emit)] : null);
        if (trace.Baggage is not null)
            activity?.AddBaggage(trace.Baggage);
        return activity;
    }

    private BusActivity? Start(
        ActivityKind kind,
        string operation,
        string type,
        string channel,
        EventLabels labels,
        ActivityContext parent,
        IEnumerable<ActivityLink>? links)
    {
        // Samplers see only the tags that an activity has from the beginning.
        List<KeyValuePair<string, object?>> tags =
        [
            new("messaging.system", "postgresql"),
            new("messaging.operation.name", operation),
            new("messaging.operation.type", type),
            new("messaging.destination.name", channel),
        ];
        labels.AddTo(tags);
        if (settings.Name is not null)
            tags.Add(new("eventbus.name", settings.Name));
        var caller = Activity.Current;
        try
        {
            return Source.StartActivity($"{operation} {channel}", kind, parent, tags, links) is { } activity
                ? new BusActivity(activity, caller, logger)
                : null;
        }
        catch (Exception exception) // As in Counter.
        {
            Activity.Current = caller;
            logger.Report(exception);
            return null;
        }
    }
}

/// <summary>The settings of traces.</summary>
/// <param name="Relation">How the activity of a handler belongs to the one of the emit.</param>
/// <param name="HasBaggage">Whether baggage is sent and read.</param>
/// <param name="Name">The name of the bus among several of a process; null: it has none.</param>
internal readonly record struct TraceSettings(TraceRelation Relation, bool HasBaggage, string? Name);
