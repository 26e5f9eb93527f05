namespace EventBus.Rooms;

/// <summary>
/// One run of a socket's handlers, from the first event in their empty queue until it is empty again. Code that a handler calls is inside
/// the run: it must not wait for the handlers, as a handler that disposes its own socket or stops the bus otherwise would.
/// </summary>
/// <param name="queue">The queue.</param>
internal sealed class HandlerRun(SocketQueue queue)
{
    // The run also flows into tasks that a handler starts and does not await. When it is over, they are outside.
    private static readonly AsyncLocal<HandlerRun?> Current = new();

    private readonly SocketQueue _queue = queue;
    private volatile bool _isOver;

    /// <summary>Whether the caller is a handler, or was called by one.</summary>
    public static bool IsInside => Current.Value is { _isOver: false };

    /// <summary>Begins a run in the current asynchronous context.</summary>
    public static HandlerRun Begin(SocketQueue queue) => Current.Value = new HandlerRun(queue);

    /// <summary>Whether the caller is a handler of this queue, or was called by one.</summary>
    public static bool IsInsideOf(SocketQueue queue) => Current.Value is { _isOver: false } run && run._queue == queue;

    /// <summary>Calls a function that waits for all handlers, the calling one included. The caller must not await the result.</summary>
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
