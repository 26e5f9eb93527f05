namespace EventBus.Testing;

/// <summary>How a server is stopped.</summary>
public enum ServerStop
{
    /// <summary>Transactions are rolled back and clients are told that the server goes down.</summary>
    Fast,

    /// <summary>As after a crash: no good-byes, and a recovery at the next start.</summary>
    Immediate,
}
