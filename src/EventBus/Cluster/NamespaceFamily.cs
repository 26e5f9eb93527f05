namespace EventBus.Cluster;

/// <summary>The bus namespaces whose names satisfy a predicate: each is set up before it is joined, and left when its last socket has gone.</summary>
/// <param name="Matches">Whether a name belongs to it.</param>
/// <param name="SetUp">Sets a namespace up; called before it is joined, every time it comes.</param>
internal sealed record NamespaceFamily(Func<string, bool> Matches, Action<string> SetUp);
