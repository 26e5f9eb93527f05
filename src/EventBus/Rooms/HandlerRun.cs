namespace EventBus.Rooms;

/// <summary>
/// One run of a socket's handlers, from the first event in their empty queue until it is empty again. Code that a handler calls is inside
/// the run. It must not wait for any handler: another handler, or a task that it awaits, may wait for the calling one.
/// </summary>
internal sealed class HandlerRun
{
    // The run also flows into tasks that a handler starts and does not await. When it is over, they are outside.
    private static readonly AsyncLocal<HandlerRun?> Current = new();

    private volatile bool _isOver;

    private HandlerRun()
    {
    }

    /// <summary>Whether the caller is a handler, or was called by one.</summary>
    public static bool IsInside => Current.Value is { _isOver: false };

    /// <summary>Begins a run in the current asynchronous context, or continues a run that is not over.</summary>
    public static HandlerRun BeginOrGoOn(HandlerRun? run) => Current.Value = run is { _isOver: false } ? run : new HandlerRun();

    /// <summary>Calls a function that waits for handlers, the calling one included. The caller must not await the result.</summary>
    public static T CallOutside<T>(Func<T> function)
    {
        var current = Current.Value;
        Current.Value = null;
        try
        {
            return function();
        }
        finally
        {
            Current.Value = current;
        }
    }

    /// <summary>Ends the run.</summary>
    public void End() => _isOver = true;
}
