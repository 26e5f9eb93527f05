namespace EventBus.Benchmarks.Contenders;

/// <summary>
/// Bounds the events under way of a client that confirms them in order: of every 512 events one is awaited, but only when the next 512 are
/// sent, so that the client never runs dry.
/// </summary>
internal sealed class SlidingWindow
{
    private const int Size = 512;

    private Task _previous = Task.CompletedTask;
    private int _count;

    /// <summary>Counts an event.</summary>
    /// <returns>Whether the caller gives its outcome to <see cref="AwaitPreviousAsync"/>.</returns>
    public bool CountsLast() => ++_count % Size == 0;

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
