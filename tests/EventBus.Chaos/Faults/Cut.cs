namespace EventBus.Chaos.Faults;

/// <summary>The moment of a statement at which its connection is cut.</summary>
internal enum Cut
{
    None,

    /// <summary>The server gets nothing of the request.</summary>
    BeforeRequest,

    /// <summary>The server gets half of the request.</summary>
    InRequest,

    /// <summary>The server executes the request, and the client does not get the reply.</summary>
    BeforeReply,
}
