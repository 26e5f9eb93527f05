namespace EventBus;

/// <summary>What one node answered to a server-side event.</summary>
/// <typeparam name="T">What a node answers.</typeparam>
/// <param name="Uid">The node.</param>
/// <param name="Value">Its answer.</param>
public readonly record struct ServerSideAck<T>(string Uid, T Value);
