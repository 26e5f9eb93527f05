using System.Diagnostics;

namespace EventBus.Diagnostics;

/// <summary>An event that is sent while somebody observes the bus: its labels, and the context that it takes along.</summary>
/// <param name="labels">The labels.</param>
/// <param name="parent">The context of the activity that sends it, of <see cref="TraceText.ParentLength"/> characters; null: none.</param>
/// <param name="baggage">The baggage; null: none.</param>
/// <param name="diagnostics">Counts contexts that are left out.</param>
internal sealed class SentTrace(EventLabels labels, string? parent, string? baggage, BusDiagnostics diagnostics)
{
    private const int DroppedBaggage = 1;
    private const int DroppedParent = 2;

    private int _dropped;

    public EventLabels Labels => labels;

    public string? Parent { get; private set; } = parent;

    public string? Baggage { get; private set; } = baggage;

    /// <summary>Leaves out the context and the baggage, or the baggage only, because the message has no room for them.</summary>
    public void Drop(bool baggageOnly)
    {
        if (Baggage is not null)
            _dropped |= DroppedBaggage;
        Baggage = null;
        if (baggageOnly)
            return;
        if (Parent is not null)
            _dropped |= DroppedParent;
        Parent = null;
    }

    /// <summary>
    /// Counts what was left out, once. Do not call it while you hold a lock: the listener of a counter is code of the application.
    /// </summary>
    public void ReportDropped()
    {
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if ((dropped & DroppedBaggage) != 0)
            diagnostics.DroppedBaggage.Add();
        if ((dropped & DroppedParent) != 0)
            diagnostics.DroppedTraces.Add();
    }
}

/// <summary>An event on its way to the handlers of this process while somebody observes the bus. All its handlers share it.</summary>
internal sealed class ReceivedTrace
{
    /// <summary>The channel, which is the destination of messaging conventions.</summary>
    public required string Channel { get; init; }

    /// <summary>The activity of the emit; default: it is not known.</summary>
    public ActivityContext Emit { get; init; }

    /// <summary>The activity that receives the event; default: none, as for an event of this process.</summary>
    public ActivityContext Receive { get; set; }

    /// <summary>Whether it did not reach a handler that it has: it was dropped, or could not be decoded.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The baggage of the emit; null: none, or it is not read.</summary>
    public string? Baggage { get; init; }

    /// <summary>When it arrived, or was sent by this process.</summary>
    public required long Arrived { get; init; }

    /// <summary>When it was passed to the queues of the sockets.</summary>
    public required long Delivered { get; init; }
}
