namespace EventBus.Tests.Namespaces;

/// <summary>The same event name as in <see cref="IGameEvents"/> with other arguments.</summary>
[BroadcastEvent]
public interface ITeamEvents
{
    void Score(List<int> points);

    void Move(PickyPoint point);
}
