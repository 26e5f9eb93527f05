namespace EventBus;

/// <summary>Events of one source that this node will never receive, found by their missing numbers.</summary>
/// <param name="Source">The publish pipeline they came from: 16 hex digits, random at each of its starts.</param>
/// <param name="Namespace">The bus namespace they were sent in.</param>
/// <param name="Lost">How many are missing.</param>
public readonly record struct EventGap(string Source, string Namespace, long Lost);
