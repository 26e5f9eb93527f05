namespace EventBus.SampleContracts;

/// <summary>The three kinds of events, and default values.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IChatEvents
{
    /// <summary>Handled synchronously.</summary>
    /// <param name="at">When.</param>
    void Ping(DateTimeOffset at);

    /// <summary>Has a default value.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="text">The text.</param>
    /// <param name="priority">How much.</param>
    ValueTask Message(string user, string text = "hi \"there\"\n", Priority? priority = Priority.High);

    /// <summary>Handled asynchronously.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="jpeg">Binary.</param>
    Task Photo(string user, ReadOnlyMemory<byte> jpeg);

    /// <summary>Has no arguments.</summary>
    [EventName("idle!")]
    void Idle();
}
