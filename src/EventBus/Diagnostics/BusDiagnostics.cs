using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>The counters, logger and error handler of one bus or publisher. Thread-safe.</summary>
internal sealed class BusDiagnostics(
    GuardedLogger logger, Action<Exception>? errorHandler, Meter? meter, TimeProvider time, TraceSettings traces)
{
    public const string MeterName = "EventBus";

    public BusDiagnostics(
        ILogger logger, Action<Exception>? errorHandler, Meter? meter = null, TimeProvider? time = null, TraceSettings traces = default)
        : this(new GuardedLogger(logger, errorHandler), errorHandler, meter, time ?? TimeProvider.System, traces)
    {
    }

    public ILogger Logger { get; } = logger;

    /// <summary>The histograms and gauges.</summary>
    public BusMetrics Metrics { get; } = new(meter, logger, time);

    /// <summary>The activities.</summary>
    public BusTraces Traces { get; } = new(logger, traces);

    /// <summary>Follows events while somebody listens to the activities or the measurements.</summary>
    public EventObserver Observer => field ?? Interlocked.CompareExchange(ref field, new EventObserver(this, traces, time), null) ?? field;

    public RejectionLog Rejections => field ?? Interlocked.CompareExchange(ref field, new RejectionLog(this, time), null) ?? field;

    /// <summary>Logs the nodes that join and leave.</summary>
    public NodeLog Nodes { get; } = new(logger, time);

    public Counter Published { get; } = new(meter, logger, "eventbus.events.published", "{event}", "Events that PostgreSQL committed.");

    public Counter Received { get; } = new(
        meter, logger, "eventbus.events.received", "{event}", "Events of other nodes delivered to local sockets.");

    public Counter Inline { get; } = new(meter, logger, "eventbus.messages.inline", "{message}", "Messages sent inside a notification.");

    public Counter Attached { get; } = new(meter, logger, "eventbus.messages.attached", "{message}", "Messages sent as an attachment.");

    public Counter Lost { get; } = new(meter, logger, "eventbus.events.lost", "{event}", "Events of other sources that never arrived.");

    public Counter Late { get; } = new(
        meter, logger, "eventbus.messages.late", "{message}", "Events that arrived twice or out of order, and were ignored.");

    public Counter Unconfirmed { get; } = new(
        meter,
        logger,
        "eventbus.messages.unconfirmed",
        "{message}",
        "Messages with the number of a source that came from another backend: delivered, but counted only if that is the source's.");

    public Counter PublishFailures { get; } = new(
        meter, logger, "eventbus.messages.failed", "{message}", "Messages that were not sent, or whose outcome is unknown.");

    public Counter DroppedTraces { get; } = new(
        meter,
        logger,
        "eventbus.traces.dropped",
        "{context}",
        "Contexts of traces that were left out, because the event would have become too long for its form.");

    public Counter DroppedBaggage { get; } = new(
        meter,
        logger,
        "eventbus.baggage.dropped",
        "{baggage}",
        "Baggage that was left out, because the event would have become too long for its form.");

    public Counter Dropped { get; } = new(meter, logger, "eventbus.events.dropped", "{event}", "Events dropped because a queue was full.");

    public Counter DisconnectedSockets { get; } = new(
        meter, logger, "eventbus.sockets.disconnected", "{socket}", "Sockets disconnected because their queue was full.");

    public Counter Discarded { get; } = new(
        meter,
        logger,
        "eventbus.notifications.discarded",
        "{notification}",
        "Notifications discarded because the receive queue was full for too long; their events count as lost.");

    public Counter Malformed { get; } = new(
        meter, logger, "eventbus.messages.malformed", "{message}", "Messages that are not valid, or that no contract could decode.");

    public Counter IgnoredResponses { get; } = new(
        meter,
        logger,
        "eventbus.answers.ignored",
        "{answer}",
        "Responses to this node's requests that were late, duplicate, sent by a node without the request, or above the limit.");

    public Counter RejectedNodes { get; } = new(
        meter, logger, "eventbus.nodes.refused", "{message}", "Messages of nodes that are not remembered because too many are known.");

    public Counter RejectedJoins { get; } = new(
        meter,
        logger,
        "eventbus.joins.refused",
        "{request}",
        "Requests of other nodes that sockets join rooms, rejected because the sockets are in too many rooms.");

    public Counter RefusedRequests { get; } = new(
        meter,
        logger,
        "eventbus.requests.refused",
        "{request}",
        "Requests of other backends that were ignored, because their role requests too much.");

    public Counter Impostors { get; } = new(
        meter, logger, "eventbus.messages.impostor", "{message}", "Messages with this node's uid that it did not send.");

    public Counter ForgottenSources { get; } = new(
        meter,
        logger,
        "eventbus.sources.forgotten",
        "{source}",
        "Sources forgotten because too many are known: their losses meanwhile are not counted.");

    public Counter HandlerFailures { get; } = new(meter, logger, "eventbus.handler.failures", "{event}", "Events whose handler threw.");

    public Counter BlockedPools { get; } = new(
        meter,
        logger,
        "eventbus.threadpool.blocked",
        "{occurrence}",
        "Times no thread of the pool was free for a second while handlers blocked its threads.");

    public Counter Reconnects { get; } = new(
        meter, logger, "eventbus.listener.reconnects", "{reconnect}", "Times the listening connection was restored.");

    public Level ClosingConnections { get; } = new(
        meter, logger, "eventbus.connections.closing", "{connection}", "Connections that hang and are closed in the background.");

    public Counter SweptAttachments { get; } = new(
        meter, logger, "eventbus.attachments.swept", "{attachment}", "Attachments removed because of their age.");

    public Counter FailedSweeps { get; } = new(
        meter, logger, "eventbus.sweeps.failed", "{sweep}", "Attempts to remove old attachments that failed.");

    public Counter DurableHandled { get; } = new(
        meter, logger, "eventbus.durable.handled", "{event}", "Events that durable handlers have handled.");

    public Counter DurableRetried { get; } = new(
        meter, logger, "eventbus.durable.retried", "{attempt}", "Failed attempts of durable handlers that are repeated.");

    public Counter DurableDead { get; } = new(
        meter, logger, "eventbus.durable.dead", "{event}", "Events that have become dead letters of durable handlers.");

    public Counter DurableTakeovers { get; } = new(
        meter, logger, "eventbus.durable.takeovers", "{partition}", "Partitions taken over from silent nodes.");

    public Counter DurableFenced { get; } = new(
        meter, logger, "eventbus.durable.fenced", "{partition}", "Partitions that another node has taken over from this one.");

    /// <summary>Whether PostgreSQL has rejected sweeps for some time, or for a lasting cause, and none has succeeded since.</summary>
    public bool IsSweepRejected
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    public EventBusStatistics Snapshot() => new()
    {
        Published = Published.Value,
        Received = Received.Value,
        Inline = Inline.Value,
        Attached = Attached.Value,
        Lost = Lost.Value,
        Dropped = Dropped.Value,
        Malformed = Malformed.Value,
        Reconnects = Reconnects.Value,
        ClosingConnections = ClosingConnections.Value,
        UidConflicts = Impostors.Value,
        HasUidConflict = Rejections.HasImpostor,
        FailedSweeps = FailedSweeps.Value,
        IsSweepRejected = IsSweepRejected,
    };

    /// <summary>Calls the application's error handler with an error that no caller awaits.</summary>
    public void Report(Exception exception)
    {
        try
        {
            errorHandler?.Invoke(exception);
        }
        catch (Exception thrown) // The application may throw anything; the bus goes on.
        {
            Logger.ErrorHandlerThrew(thrown);
        }
    }

    /// <inheritdoc cref="Raise{T}(Action{T}?, T)"/>
    public void Raise(Action? subscribers)
    {
        foreach (var subscriber in Delegate.EnumerateInvocationList(subscribers))
            Raise(static subscriber => subscriber(), subscriber);
    }

    /// <summary>Raises a bus event. An exception of one subscriber is logged, and the others are still called.</summary>
    public void Raise<T>(Action<T>? subscribers, T value)
    {
        foreach (var subscriber in Delegate.EnumerateInvocationList(subscribers))
        {
            try
            {
                subscriber(value);
            }
            catch (Exception thrown) // As in Report.
            {
                Logger.SubscriberThrew(thrown);
            }
        }
    }
}
