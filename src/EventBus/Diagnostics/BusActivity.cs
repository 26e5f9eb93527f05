using System.Diagnostics;

namespace EventBus.Diagnostics;

/// <summary>An activity of the bus, current until it is disposed. If a listener of the application throws, that is reported.</summary>
/// <param name="activity">The activity.</param>
/// <param name="caller">The activity that is current afterwards; null: none.</param>
/// <param name="logger">Reports a listener that throws.</param>
internal sealed class BusActivity(Activity activity, Activity? caller, GuardedLogger logger) : IDisposable
{
    /// <summary>Its identity, for the activities that belong to it.</summary>
    public ActivityContext Context => activity.Context;

    /// <inheritdoc cref="TraceText.AddBaggage"/>
    public void AddBaggage(string baggage) => TraceText.AddBaggage(activity, baggage);

    /// <summary>The operation has failed.</summary>
    public void Fail(Exception exception) => Guard(() =>
    {
        activity.SetTag("error.type", exception.GetType().FullName);
        activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        activity.AddException(exception);
    });

    /// <summary>The operation has failed without an exception.</summary>
    public void Fail(string type, string description)
    {
        activity.SetTag("error.type", type);
        activity.SetStatus(ActivityStatusCode.Error, description);
    }

    /// <summary>Leaves it out of the export: the operation concerned nobody here.</summary>
    public void Discard()
    {
        activity.IsAllDataRequested = false;
        activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    public void Dispose()
    {
        Guard(activity.Dispose);

        // A listener may have thrown, or ended the activity before, and the handler may have left an activity of its own.
        Activity.Current = caller is { IsStopped: true } ? null : caller;
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) // As in Counter.
        {
            logger.Report(exception);
        }
    }
}
