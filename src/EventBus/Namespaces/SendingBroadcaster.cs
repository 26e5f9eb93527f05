using EventBus.Cluster;

namespace EventBus.Namespaces;

/// <summary>What sends and cannot ask: a publisher, and each bus namespace of a family.</summary>
internal sealed class SendingBroadcaster(IAdapter adapter) : Broadcaster
{
    protected override IAdapter Adapter => adapter;
}
