namespace EventBus.Testing;

/// <summary>How a server is stopped.</summary>
public enum ServerStop
{
    /// <summary>Rolls transactions back and disconnects clients with a message.</summary>
    Fast,

    /// <summary>As in a crash: connections break without a message, and the next start recovers from the log.</summary>
    Immediate,
}
