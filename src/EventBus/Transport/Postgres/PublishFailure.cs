namespace EventBus.Transport.Postgres;

/// <summary>What a failed statement means for its messages.</summary>
internal enum PublishFailure
{
    /// <summary>The connection was lost while it was under way: it was committed, or it was not.</summary>
    Unknown,

    /// <summary>The server refused it for a reason that passes; nothing was sent.</summary>
    Transient,

    /// <summary>The server refused it, nothing was sent: one of its messages is to blame.</summary>
    Message,
}
