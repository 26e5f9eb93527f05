namespace EventBus.SampleContracts;

/// <summary>Events that receivers acknowledge.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    /// <summary>Has no ack, beside events with one.</summary>
    /// <param name="question">The subject.</param>
    void Opened(string question);

    /// <summary>Returns a number.</summary>
    /// <param name="question">The subject.</param>
    /// <param name="choices">How many there are.</param>
    ValueTask<int> Vote(string question, int choices = 2);

    /// <summary>Returns a payload or null.</summary>
    Task<Order?> Read();

    /// <summary>Returns binary.</summary>
    /// <param name="seal">Binary too.</param>
    ValueTask<ReadOnlyMemory<byte>> Sign(byte[] seal);

    /// <summary>Returns a tuple of nullable items.</summary>
    ValueTask<(string? Name, DateTimeOffset? At)> Last();

    /// <summary>May be sent to sockets, but not to nodes.</summary>
    [EventName("connection")]
    ValueTask<bool> Connected();
}
