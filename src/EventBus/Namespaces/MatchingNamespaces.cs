using EventBus.Cluster;

namespace EventBus.Namespaces;

/// <summary>The bus namespaces of a family, as its user holds them.</summary>
internal sealed class MatchingNamespaces(NamespaceFamily family, Memberships memberships) : IMatchingNamespaces
{
    public IReadOnlyCollection<string> Names => Array.ConvertAll(memberships.Of(family), static adapter => adapter.Namespace);

    public PublisherOperator All { get; } = new(new BroadcastTarget(new FamilyBroadcaster(family, memberships)));

    public PublisherOperator To(string room) => All.To(room);
}
