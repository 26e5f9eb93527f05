namespace EventBus.Tests.Testing;

/// <summary>
/// Marks the thread that runs a loop, to count how often the loop leaves it. A mark goes with the end of a work item, and a loop that
/// yields posts to the mark.
/// </summary>
internal sealed class ThreadMark : SynchronizationContext
{
    private int _marks;
    private int _posts;

    /// <summary>How often <see cref="Set"/> found the thread without the mark.</summary>
    public int Marks => Volatile.Read(ref _marks);

    /// <summary>How often the loop has yielded.</summary>
    public int Posts => Volatile.Read(ref _posts);

    /// <summary>Marks the calling thread.</summary>
    public void Set()
    {
        if (Current == this)
            return;
        Interlocked.Increment(ref _marks);
        SetSynchronizationContext(this);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        Interlocked.Increment(ref _posts);
        ThreadPool.QueueUserWorkItem(_ => d(state));
    }
}
