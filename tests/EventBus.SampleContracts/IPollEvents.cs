namespace EventBus.SampleContracts;

/// <summary>Events that their receivers answer.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    /// <summary>One way, beside those with an answer.</summary>
    /// <param name="question">What about.</param>
    void Opened(string question);

    /// <summary>Answers a number.</summary>
    /// <param name="question">What about.</param>
    /// <param name="choices">How many there are.</param>
    ValueTask<int> Vote(string question, int choices = 2);

    /// <summary>Answers with a payload, or null.</summary>
    Task<Order?> Read();

    /// <summary>Answers with binary.</summary>
    /// <param name="seal">Binary as well.</param>
    ValueTask<ReadOnlyMemory<byte>> Sign(byte[] seal);

    /// <summary>Answers with a tuple of nullables.</summary>
    ValueTask<(string? Name, DateTimeOffset? At)> Last();

    /// <summary>May be a question for sockets, but not for nodes.</summary>
    [EventName("connection")]
    ValueTask<bool> Connected();
}
