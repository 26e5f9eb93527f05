namespace EventBus.Benchmarks.Contenders;

/// <summary>
/// Bounds the events under way of a client that confirms them in order: the last event of every window is awaited, but only at the end of
/// the next window, so that the client never runs dry.
/// </summary>
/// <param name="size">The events of a window. Up to two windows are under way.</param>
internal sealed class SlidingWindow(int size)
{
    private Task _previous = Task.CompletedTask;
    private int _count;

    /// <summary>Counts an event.</summary>
    /// <returns>Whether the caller gives its outcome to <see cref="AwaitPreviousAsync"/>.</returns>
    public bool CountsLast() => ++_count % size == 0;

    /// <summary>Completes when all events before the last window are confirmed.</summary>
    /// <param name="outcome">The outcome of the last event of this window.</param>
    public ValueTask AwaitPreviousAsync(Task outcome)
    {
        var previous = _previous;
        _previous = outcome;
        return new ValueTask(previous);
    }

    public ValueTask FlushAsync() => new(_previous);
}
