namespace EventBus.Transport.InMemory;

/// <summary>What became of a transaction.</summary>
internal enum CommitOutcome
{
    /// <summary>Every listener has it.</summary>
    Committed,

    /// <summary>The connection was cut while it was under way: it was committed, or it was not.</summary>
    Unknown,

    /// <summary>Nothing was sent, for a reason that passes: the database is down, or its notification queue is full.</summary>
    Unavailable,

    /// <summary>Nothing was sent: one of its notifications is too long.</summary>
    Refused,
}
