namespace EventBus;

/// <summary>Whether a bus can both listen and publish.</summary>
public enum BusState
{
    /// <summary>Not started yet.</summary>
    Created,

    /// <summary>Starting: probing, listening, waiting for the first answers.</summary>
    Starting,

    /// <summary>Listening and able to publish.</summary>
    Connected,

    /// <summary>Listening or publishing was lost and is being restored. Local delivery goes on.</summary>
    Reconnecting,

    /// <summary>Draining: publishing what is queued, accepting no more.</summary>
    Stopping,

    /// <summary>Closed.</summary>
    Stopped,
}
