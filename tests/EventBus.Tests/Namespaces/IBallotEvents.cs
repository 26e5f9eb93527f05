namespace EventBus.Tests.Namespaces;

/// <summary>Events that are answered, in a namespace that can be left.</summary>
[BroadcastEvent(Namespace = "/ballot")]
public interface IBallotEvents
{
    void Opened(string question);

    ValueTask<int> Vote(string question);
}
