using System.Diagnostics;
using System.Text;

namespace EventBus.Diagnostics;

/// <summary>
/// Follows the events of one bus or publisher for its activities and measurements. Thread-safe. While nobody listens, its two conditions
/// are all that an event costs.
/// </summary>
internal sealed class EventObserver(BusDiagnostics diagnostics, TraceSettings settings, TimeProvider time)
{
    /// <summary>Whether somebody listens to something that a sent event takes along.</summary>
    public bool SeesSending => BusTraces.HasListeners || diagnostics.Metrics.MeasuresSending;

    /// <summary>Whether somebody listens to something about events on their way to the handlers.</summary>
    public bool SeesHandling => BusTraces.HasListeners || diagnostics.Metrics.MeasuresHandling;

    /// <summary>Returns the labels of an event that is sent now, and the context of the current activity.</summary>
    public SentTrace Send(EventLabels labels)
    {
        var current = BusTraces.HasListeners ? Activity.Current : null;
        var parent = current is null ? null : TraceText.ParentOf(current);
        return new SentTrace(labels, parent, parent is null ? null : BaggageOf(current), diagnostics);
    }

    /// <summary>Returns the trace of an event that this process passes to its own handlers, in the current activity.</summary>
    public ReceivedTrace SendLocally(string channel)
    {
        var current = BusTraces.HasListeners ? Activity.Current : null;
        var now = time.GetTimestamp();
        return new ReceivedTrace
        {
            Channel = channel,
            Emit = current is { IdFormat: ActivityIdFormat.W3C } ? current.Context : default,
            Baggage = BaggageOf(current),
            Arrived = now,
            Delivered = now,
        };
    }

    /// <summary>Returns the trace of an event that was received.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="parent">The received context; empty: none.</param>
    /// <param name="baggage">The received baggage; empty: none.</param>
    /// <param name="arrived">When its notification arrived; 0: that was not measured.</param>
    public ReceivedTrace Receive(string channel, ReadOnlySpan<byte> parent, ReadOnlySpan<byte> baggage, long arrived)
    {
        var now = time.GetTimestamp();
        return new ReceivedTrace
        {
            Channel = channel,
            Emit = BusTraces.HasListeners ? TraceText.ReadParent(parent) : default,
            Baggage = settings.HasBaggage && baggage.Length is > 0 and <= TraceText.MaxBaggageLength
                ? Encoding.UTF8.GetString(baggage)
                : null,
            Arrived = arrived == 0 ? now : arrived,
            Delivered = now,
        };
    }

    /// <summary>Begins the call of a handler. Dispose the result when it has ended.</summary>
    public HandlerObservation Handle(ReceivedTrace trace, EventLabels labels)
    {
        diagnostics.Metrics.Waited("socket", trace.Delivered, labels);
        diagnostics.Metrics.Delivered(trace.Arrived, labels);
        return new HandlerObservation(
            diagnostics.Traces.StartProcess(trace, labels), diagnostics.Metrics, labels, time.GetTimestamp());
    }

    /// <summary>An event was dropped because the queue of its handler was full. A span without a duration shows it.</summary>
    public void Drop(ReceivedTrace trace, EventLabels labels)
    {
        using var activity = diagnostics.Traces.StartProcess(trace, labels);
        activity?.Fail("queue_full", "The event was dropped: the queue of its handler was full.");
    }

    /// <summary>An event could not be decoded for a handler. A span without a duration shows it.</summary>
    public void Undecoded(ReceivedTrace trace, ReadOnlySpan<byte> eventName, Exception exception)
    {
        trace.HasFailed = true;
        if (!BusTraces.HasListeners)
            return;
        using var activity = diagnostics.Traces.StartProcess(
            trace, new EventLabels(contract: null, Encoding.UTF8.GetString(eventName), isNameBounded: false));
        activity?.Fail(exception);
    }

    private string? BaggageOf(Activity? activity) => settings.HasBaggage && activity is not null ? TraceText.BaggageOf(activity) : null;
}

/// <summary>The observed call of a handler, from its creation until it is disposed.</summary>
internal sealed class HandlerObservation(BusActivity? activity, BusMetrics metrics, EventLabels labels, long began) : IDisposable
{
    private Exception? _failure;

    /// <summary>The handler threw.</summary>
    public void Fail(Exception exception)
    {
        _failure = exception;
        activity?.Fail(exception);
    }

    public void Dispose()
    {
        metrics.Handled(began, labels, _failure);
        activity?.Dispose();
    }
}
