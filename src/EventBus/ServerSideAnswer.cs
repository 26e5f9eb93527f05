namespace EventBus;

/// <summary>What one node answered to a server-side event.</summary>
/// <param name="Uid">The node.</param>
/// <param name="Value">Its answer; null where its handler answered nothing.</param>
public readonly record struct ServerSideAnswer(string Uid, EventValue Value);
