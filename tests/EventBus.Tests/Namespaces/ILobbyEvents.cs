namespace EventBus.Tests.Namespaces;

/// <summary>A contract in a namespace of its own.</summary>
[BroadcastEvent(Namespace = "/lobby")]
public interface ILobbyEvents
{
    [EventName("door-opened")]
    void Opened(Guid door);
}
