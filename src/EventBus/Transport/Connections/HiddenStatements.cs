using System.Diagnostics;

namespace EventBus.Transport.Connections;

/// <summary>
/// Keeps the statements of the bus out of the application's traces. They belong to no activity of the application, so each would be a trace
/// of its own.
/// </summary>
/// <remarks>
/// Npgsql creates an activity for each statement, and the settings of a data source do not reach the connections that the bus opens past
/// its pool. So the statements run inside an activity that is not recorded: a sampler that follows the parent, as OpenTelemetry's default
/// does, then drops theirs. The activity is current only during the statements, not in the loops, whose log messages and callbacks would
/// otherwise belong to it.
/// </remarks>
internal static class HiddenStatements
{
    /// <summary>Has the listeners of Npgsql's own source, because they choose sources by name.</summary>
    private static readonly ActivitySource Npgsql = new("Npgsql");

    private static readonly Activity Unrecorded = Start();

    /// <summary>
    /// Hides the statements of the calling method, and of the methods that it calls. Call it in an asynchronous method: the change ends
    /// with the method.
    /// </summary>
    public static void Begin()
    {
        if (Npgsql.HasListeners())
            Activity.Current = Unrecorded;
    }

    private static Activity Start()
    {
        var caller = Activity.Current;
        Activity.Current = null; // it has no parent
        var activity = new Activity("EventBus").SetIdFormat(ActivityIdFormat.W3C).Start();
        Activity.Current = caller;
        return activity;
    }
}
